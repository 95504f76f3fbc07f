package giga.diffusion.network;

import java.util.List;

/**
 * What a text encoder reads.
 *
 * @param ids [b][tokens], at most as many tokens as the encoder has positions (77)
 * @param other rows of a batch of one that take the place of its ids' embeddings
 */
public record Tokens(int[][] ids, List<Rows> other) {
    public Tokens {
        other = List.copyOf(other);
    }

    public Tokens(int[][] ids) {
        this(ids, List.of());
    }

    /**
     * Rows of token embeddings that are not the vocabulary's.
     *
     * @param first number of the first row
     * @param vectors [rows][width]
     */
    public record Rows(int first, float[][] vectors) {}
}
