package giga.diffusion.text;

/**
 * What the text encoder takes at once.
 *
 * @param ids [77]: start, up to 75 tokens, end, then the tokenizer's pad id
 * @param weights [77]: emphasis of each, 1 for start, end and padding
 */
public record Chunk(int[] ids, float[] weights) {
    /** Ids in a chunk. */
    public static final int LENGTH = 77;

    /** Tokens of the prompt in a chunk. */
    public static final int CONTENT = LENGTH - 2;

    public Chunk {
        if (ids.length != LENGTH || weights.length != LENGTH)
            throw new IllegalArgumentException(
                    ids.length + " ids and " + weights.length + " weights in a chunk of " + LENGTH);
    }
}
