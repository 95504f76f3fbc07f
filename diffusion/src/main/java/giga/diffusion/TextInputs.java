package giga.diffusion;

import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import giga.diffusion.weights.Checkpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes into a model's text encoders; known without loading them.
 *
 * @param encoders in the model's order, at least one
 */
public record TextInputs(List<Encoder> encoders) {
    public TextInputs {
        encoders = List.copyOf(encoders);
    }

    /** @param width values in a token's embedding */
    public record Encoder(Tokenizer tokenizer, int width) {}

    /** @throws ModelException when a tokenizer and its encoder do not belong together */
    public static TextInputs of(Checkpoint checkpoint) {
        List<Encoder> encoders = new ArrayList<>();
        for (TextEncoder encoder : checkpoint.architecture().textEncoders())
            encoders.add(encoder(checkpoint, encoder, encoders.isEmpty()));
        return new TextInputs(encoders);
    }

    public List<Integer> widths() {
        return encoders.stream().map(Encoder::width).toList();
    }

    private static Encoder encoder(Checkpoint checkpoint, TextEncoder encoder, boolean first) {
        boolean openClip = encoder.layout() == Layout.OPEN_CLIP;
        Tokenizer standard = openClip ? Tokenizer.openClip() : Tokenizer.clip();
        Tokenizer tokenizer = first && !openClip
                ? checkpoint.tokenizerFolder().map(Tokenizer::open).orElse(standard)
                : standard;
        String table = openClip ? "token_embedding.weight" : "embeddings.token_embedding.weight";
        List<Long> shape = checkpoint.get(encoder.prefix() + table).shape();
        // A token's id is a row of this table; native code would look behind its end.
        if (shape.getFirst() < tokenizer.vocabularySize())
            throw new ModelException(("%s: its text encoder knows %d words and its tokenizer %d;"
                            + " they do not belong together, get the whole model anew")
                    .formatted(checkpoint.path(), shape.getFirst(), tokenizer.vocabularySize()));
        return new Encoder(tokenizer, Math.toIntExact(shape.getLast()));
    }
}
