package giga.diffusion.network;

import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Activation;
import java.util.ArrayList;
import java.util.List;

/** CLIP's text transformer (Radford et al., arXiv 2103.00020), of any size. */
public final class ClipTextEncoder {
    private final Tensor tokenTable;
    private final Tensor positions;
    private final List<Layer> layers;
    private final LayerNorm finalNorm;

    /** @param weights below {@code cond_stage_model.transformer.text_model.} */
    public ClipTextEncoder(Weights weights, int heads, Activation activation) {
        tokenTable = weights.get("embeddings.token_embedding.weight");
        positions = weights.get("embeddings.position_embedding.weight");
        finalNorm = LayerNorm.of(weights.below("final_layer_norm."));
        List<Layer> found = new ArrayList<>();
        while (weights.has("encoder.layers." + found.size() + ".layer_norm1.weight"))
            found.add(Layer.of(weights.below("encoder.layers." + found.size() + "."), heads, activation));
        layers = List.copyOf(found);
    }

    public int layerCount() {
        return layers.size();
    }

    /** Values in a token's embedding. */
    public int width() {
        return (int) tokenTable.size(1);
    }

    /**
     * Rows of token embeddings that are not the vocabulary's.
     *
     * @param first number of the first row, in a batch of one
     * @param vectors [rows][width]
     */
    public record Rows(int first, float[][] vectors) {}

    /**
     * @param ids [b][tokens], at most as many tokens as the encoder has positions (77)
     * @param clipSkip 1 for the last layer, 2 for the one before it, …; the final norm follows in any case
     * @return [b, tokens, width] in f32
     */
    public Tensor forward(int[][] ids, int clipSkip) {
        return forward(ids, List.of(), clipSkip);
    }

    /** @param other rows of a batch of one that take the place of its ids' */
    public Tensor forward(int[][] ids, List<Rows> other, int clipSkip) {
        return Scope.run(() -> {
            Tensor x = embed(ids, other);
            for (Layer layer : layers.subList(0, layers.size() - clipSkip + 1)) {
                Tensor input = x;
                x = Scope.run(() -> layer.forward(input));
            }
            return finalNorm.forward(x).to(Precision.F32);
        });
    }

    private Tensor embed(int[][] ids, List<Rows> other) {
        int tokens = ids[0].length;
        long[] flat = new long[ids.length * tokens];
        for (int b = 0; b < ids.length; b++) {
            for (int i = 0; i < tokens; i++) flat[b * tokens + i] = ids[b][i];
        }
        Tensor embedded = tokenTable.rows(Tensor.of(flat, ids.length, tokens));
        for (Rows rows : other) {
            Tensor vectors = Tensor.of(joined(rows.vectors()), 1, rows.vectors().length, width());
            embedded.narrow(1, rows.first(), rows.vectors().length).copyFrom(vectors);
        }
        return embedded.add(positions.narrow(0, 0, tokens));
    }

    private float[] joined(float[][] vectors) {
        float[] joined = new float[vectors.length * width()];
        for (int i = 0; i < vectors.length; i++) System.arraycopy(vectors[i], 0, joined, i * width(), width());
        return joined;
    }

    private record Layer(
            LayerNorm norm1, Attention attention, LayerNorm norm2, Linear in, Linear out, Activation activation) {
        static Layer of(Weights weights, int heads, Activation activation) {
            Weights attention = weights.below("self_attn.");
            return new Layer(
                    LayerNorm.of(weights.below("layer_norm1.")),
                    new Attention(
                            Linear.of(attention.below("q_proj.")),
                            Linear.of(attention.below("k_proj.")),
                            Linear.of(attention.below("v_proj.")),
                            Linear.of(attention.below("out_proj.")),
                            heads),
                    LayerNorm.of(weights.below("layer_norm2.")),
                    Linear.of(weights.below("mlp.fc1.")),
                    Linear.of(weights.below("mlp.fc2.")),
                    activation);
        }

        Tensor forward(Tensor x) {
            Tensor n = norm1.forward(x);
            Tensor seen = x.plus(attention.forward(n, n, true));
            Tensor h = in.forward(norm2.forward(seen));
            Tensor active = activation == Activation.QUICK_GELU ? h.quickGelu() : h.gelu();
            return seen.plus(out.forward(active));
        }
    }
}
