package giga.diffusion;

import java.util.Optional;

/**
 * What a model's text encoders made of a prompt: {@code [tokens, width]}, 77 tokens for each chunk of the prompt.
 *
 * @param pooled the prompt's first chunk in one vector, for families whose UNet asks for it
 */
public record Conditioning(int tokens, int width, float[] values, Optional<float[]> pooled) {
    public Conditioning {
        if (tokens <= 0 || width <= 0 || values.length != Math.multiplyExact(tokens, width))
            throw new IllegalArgumentException("%d values for [%d, %d]".formatted(values.length, tokens, width));
    }

    public Conditioning(int tokens, int width, float[] values) {
        this(tokens, width, values, Optional.empty());
    }
}
