package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Multi-head attention (Vaswani et al., arXiv 1706.03762); channel = head · size + position in the head. */
record Attention(Linear toQuery, Linear toKey, Linear toValue, Linear toOut, int heads) {
    /** The names of a transformer block. */
    static Attention of(Weights weights, int heads) {
        return new Attention(
                Linear.of(weights.below("to_q.")),
                Linear.of(weights.below("to_k.")),
                Linear.of(weights.below("to_v.")),
                Linear.of(weights.below("to_out.0.")),
                heads);
    }

    /** The tokens x [b, n, c] look at the context [b, m, k]; the result is [b, n, c]. */
    Tensor forward(Tensor x, Tensor context) {
        return forward(x, context, false);
    }

    /** @param causal each token only looks at itself and those before it */
    Tensor forward(Tensor x, Tensor context, boolean causal) {
        Tensor query = split(toQuery.forward(x));
        Tensor key = split(toKey.forward(context));
        Tensor value = split(toValue.forward(context));
        Tensor seen = Functional.attention(query, key, value, causal).transpose(1, 2);
        return toOut.forward(seen.reshape(x.size(0), x.size(1), toQuery.outputs()));
    }

    /** [b, n, c] to [b, heads, n, c / heads]. */
    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
    }
}
