package giga.diffusion.network;

import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Self-attention, attention to the text, and a gated feed-forward part (GEGLU, arXiv 2002.05202), each residual. */
record TransformerBlock(
        LayerNorm norm1,
        Attention self,
        LayerNorm norm2,
        Attention cross,
        LayerNorm norm3,
        Linear feedForwardIn,
        Linear feedForwardOut) {
    static TransformerBlock of(Weights weights, int heads) {
        return new TransformerBlock(
                LayerNorm.of(weights.below("norm1.")),
                Attention.of(weights.below("attn1."), heads),
                LayerNorm.of(weights.below("norm2.")),
                Attention.of(weights.below("attn2."), heads),
                LayerNorm.of(weights.below("norm3.")),
                Linear.of(weights.below("ff.net.0.proj.")),
                Linear.of(weights.below("ff.net.2.")));
    }

    /** Tokens [b, n, c] and text [b, m, k] to [b, n, c]. */
    Tensor forward(Tensor x, Tensor context) {
        Tensor seen = Scope.run(() -> {
            Tensor n = norm1.forward(x);
            return self.forward(n, n).add(x);
        });
        Tensor read =
                Scope.run(() -> cross.forward(norm2.forward(seen), context).add(seen));
        return Scope.run(() -> feedForward(norm3.forward(read)).add(read));
    }

    private Tensor feedForward(Tensor x) {
        Tensor both = feedForwardIn.forward(x);
        long half = both.size(2) / 2;
        return feedForwardOut.forward(both.narrow(2, half, half).gelu().multiply(both.narrow(2, 0, half)));
    }
}
