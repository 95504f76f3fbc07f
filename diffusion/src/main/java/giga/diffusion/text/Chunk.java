package giga.diffusion.text;

import java.util.List;

/**
 * What the text encoder takes at once.
 *
 * @param ids [77]: start, up to 75 tokens, end, then the tokenizer's pad id; 0 where an insert stands
 * @param weights [77]: emphasis of each, 1 for start, end and padding
 * @param inserts textual inversions whose vectors replace the token embeddings of some rows
 */
public record Chunk(int[] ids, float[] weights, List<Insert> inserts) {
    /** Ids in a chunk. */
    public static final int LENGTH = 77;

    /** Tokens of the prompt in a chunk. */
    public static final int CONTENT = LENGTH - 2;

    public Chunk {
        inserts = List.copyOf(inserts);
        if (ids.length != LENGTH || weights.length != LENGTH)
            throw new IllegalArgumentException(
                    ids.length + " ids and " + weights.length + " weights in a chunk of " + LENGTH);
    }

    /**
     * @param row of the first vector, among the 77
     * @param name of the textual inversion
     * @param vectors [vectors][width], a row for each, at most {@link #CONTENT}
     */
    public record Insert(int row, String name, float[][] vectors) {
        public Insert {
            if (row < 1 || vectors.length < 1 || row + vectors.length >= LENGTH)
                throw new IllegalArgumentException(
                        vectors.length + " vectors from row " + row + " of a chunk of " + LENGTH);
        }
    }
}
