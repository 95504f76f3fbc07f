package giga.diffusion;

/** What a text encoder made of a prompt: {@code [tokens, width]}, 77 tokens for each chunk of the prompt. */
public record Conditioning(int tokens, int width, float[] values) {
    public Conditioning {
        if (tokens <= 0 || width <= 0 || values.length != Math.multiplyExact(tokens, width))
            throw new IllegalArgumentException("%d values for [%d, %d]".formatted(values.length, tokens, width));
    }
}
