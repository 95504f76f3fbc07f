package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/**
 * Where a text encoder begins: each token's own vector and that of its place.
 *
 * @param tokens [words, width]
 * @param positions [positions, width]
 */
record TextEmbedding(Tensor tokens, Tensor positions) {
    /** [b, tokens, width]. */
    Tensor forward(Tokens input) {
        int[][] ids = input.ids();
        int length = ids[0].length;
        long[] flat = new long[ids.length * length];
        for (int b = 0; b < ids.length; b++) {
            for (int i = 0; i < length; i++) flat[b * length + i] = ids[b][i];
        }
        Tensor embedded = tokens.rows(Tensor.of(flat, ids.length, length));
        for (Tokens.Rows rows : input.other()) {
            Tensor vectors = Tensor.of(joined(rows.vectors()), 1, rows.vectors().length, width());
            embedded.narrow(1, rows.first(), rows.vectors().length).copyFrom(vectors);
        }
        return embedded.add(positions.narrow(0, 0, length));
    }

    private float[] joined(float[][] vectors) {
        float[] joined = new float[vectors.length * width()];
        for (int i = 0; i < vectors.length; i++) System.arraycopy(vectors[i], 0, joined, i * width(), width());
        return joined;
    }

    /** Values in a token's embedding. */
    private int width() {
        return (int) tokens.size(1);
    }
}
