package giga.diffusion;

import java.util.Optional;

/**
 * What a model's text encoders made of a prompt: {@code [tokens, width]}, 77 tokens for each chunk of the prompt.
 *
 * @param pooled the prompt's first chunk in one vector, for families whose UNet asks for it
 * @param aestheticScore how beautiful the picture is to be, from 0 to 10, which only SDXL's refiner is told
 */
public record Conditioning(int tokens, int width, float[] values, Optional<float[]> pooled, double aestheticScore) {
    /** A1111's score of prompts. */
    public static final double HIGH_SCORE = 6;

    /** A1111's score of negative prompts. */
    public static final double LOW_SCORE = 2.5;

    public Conditioning {
        if (tokens <= 0 || width <= 0 || values.length != Math.multiplyExact(tokens, width))
            throw new IllegalArgumentException("%d values for [%d, %d]".formatted(values.length, tokens, width));
    }

    public Conditioning(int tokens, int width, float[] values) {
        this(tokens, width, values, Optional.empty(), HIGH_SCORE);
    }
}
