package giga.diffusion;

import giga.diffusion.text.Chunk;
import giga.diffusion.text.Tokenizer;
import java.util.Optional;

/** One text encoder of a model with the tokenizer it was trained with. */
interface ChunkEncoder {
    Tokenizer tokenizer();

    /** @throws ModelException when the encoder has too few layers for the clip skip */
    Output encode(Chunk chunk, int clipSkip);

    /**
     * @param hidden [77, width]
     * @param pooled the whole chunk in one vector, from encoders that the UNet asks for it
     */
    record Output(float[] hidden, Optional<float[]> pooled) {}
}
