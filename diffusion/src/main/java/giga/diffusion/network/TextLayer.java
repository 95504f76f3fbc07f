package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Architecture.Activation;

/** One layer of a text encoder: norms come before attention and before the two projections, both residual. */
record TextLayer(LayerNorm norm1, Attention attention, LayerNorm norm2, Linear in, Linear out, Activation activation) {
    /** Tokens [b, n, c] to [b, n, c]; each sees only those up to itself. */
    Tensor forward(Tensor x) {
        Tensor n = norm1.forward(x);
        Tensor seen = x.plus(attention.forward(n, n, true));
        Tensor h = in.forward(norm2.forward(seen));
        Tensor active = activation == Activation.QUICK_GELU ? h.quickGelu() : h.gelu();
        return seen.plus(out.forward(active));
    }
}
