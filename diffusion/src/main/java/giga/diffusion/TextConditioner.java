package giga.diffusion;

import giga.diffusion.network.ClipTextEncoder;
import giga.diffusion.network.OpenClipTextEncoder;
import giga.diffusion.network.TextEncoder;
import giga.diffusion.network.Tokens;
import giga.diffusion.text.Chunk;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model's text encoders, each read as its family was trained: SD 1.x the layer that the clip skip leaves, with the
 * final norm; SD 2.x the last but one, with the final norm; SDXL and its refiner the last but one, without it.
 */
final class TextConditioner {
    private static final int LAST_BUT_ONE = 2;

    private final TextInputs inputs;
    private final Family family;
    private final List<ChunkEncoder> encoders;

    TextConditioner(Checkpoint checkpoint, TextInputs inputs, List<TextEncoder> networks, NetworkClock clock) {
        this.inputs = inputs;
        family = checkpoint.architecture().family();
        encoders = new ArrayList<>();
        for (TextEncoder network : networks) {
            Tokenizer tokenizer = inputs.encoders().get(encoders.size()).tokenizer();
            encoders.add(
                    switch (network) {
                        case ClipTextEncoder clip -> new Clip(checkpoint.name(), family, tokenizer, clip, clock);
                        case OpenClipTextEncoder openClip -> new OpenClip(family, tokenizer, openClip, clock);
                    });
        }
    }

    PromptConditioning encode(Prompt prompt, TextOptions options, int totalSteps, Embeddings embeddings) {
        boolean emptyNegativeIsZero = family == Family.SDXL || family == Family.SDXL_REFINER;
        return new PromptEncoder(encoders, embeddings.of(inputs), emptyNegativeIsZero)
                .encode(prompt, options, totalSteps);
    }

    private static Tokens tokens(Chunk chunk) {
        return new Tokens(
                new int[][] {chunk.ids()},
                chunk.inserts().stream()
                        .map(insert -> new Tokens.Rows(insert.row(), insert.vectors()))
                        .toList());
    }

    private record Clip(String model, Family family, Tokenizer tokenizer, ClipTextEncoder network, NetworkClock clock)
            implements ChunkEncoder {
        @Override
        public Output encode(Chunk chunk, int clipSkip) {
            if (family != Family.SD1) {
                return output(() ->
                        network.forwardUnnormed(tokens(chunk), LAST_BUT_ONE).toFloats());
            }
            if (clipSkip > network.layerCount())
                throw new ModelException("clip skip " + clipSkip + ": the text encoder of " + model + " has "
                        + network.layerCount() + " layers; give 1 to " + network.layerCount());
            return output(() -> network.forward(tokens(chunk), clipSkip).toFloats());
        }

        private Output output(Supplier<float[]> hidden) {
            return new Output(clock.time(hidden), Optional.empty());
        }
    }

    private record OpenClip(Family family, Tokenizer tokenizer, OpenClipTextEncoder network, NetworkClock clock)
            implements ChunkEncoder {
        @Override
        public Output encode(Chunk chunk, int clipSkip) {
            return clock.time(() -> {
                if (family == Family.SD2)
                    return new Output(network.forward(tokens(chunk)).toFloats(), Optional.empty());
                OpenClipTextEncoder.Pooled both = network.forwardPooled(tokens(chunk));
                return new Output(
                        both.hidden().toFloats(), Optional.of(both.pooled().toFloats()));
            });
        }
    }
}
