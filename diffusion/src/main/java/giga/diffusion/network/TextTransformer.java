package giga.diffusion.network;

import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import java.util.List;

/**
 * The causal transformer that CLIP's text encoders are (Radford et al., arXiv 2103.00020), whatever names its weights
 * have.
 *
 * @param tokenTable [words, width]
 * @param positions [positions, width]
 */
record TextTransformer(Tensor tokenTable, Tensor positions, List<TextLayer> layers, LayerNorm finalNorm) {
    TextTransformer {
        layers = List.copyOf(layers);
    }

    /** What the first layer sees: [b, tokens, width]. */
    Tensor embed(Tokens tokens) {
        int[][] ids = tokens.ids();
        int length = ids[0].length;
        long[] flat = new long[ids.length * length];
        for (int b = 0; b < ids.length; b++) {
            for (int i = 0; i < length; i++) flat[b * length + i] = ids[b][i];
        }
        Tensor embedded = tokenTable.rows(Tensor.of(flat, ids.length, length));
        for (Tokens.Rows rows : tokens.other()) {
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
        return (int) tokenTable.size(1);
    }

    /** Embedded tokens [b, tokens, width] after some of the layers. */
    Tensor through(List<TextLayer> some, Tensor embedded) {
        Tensor x = embedded;
        for (TextLayer layer : some) {
            Tensor input = x;
            x = Scope.run(() -> layer.forward(input));
        }
        return x;
    }
}
