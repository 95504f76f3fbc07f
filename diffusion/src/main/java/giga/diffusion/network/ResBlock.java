package giga.diffusion.network;

import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.Optional;

/** The UNet's residual block, which takes the time embedding in. */
record ResBlock(GroupNorm norm1, Conv2d conv1, Linear time, GroupNorm norm2, Conv2d conv2, Optional<Conv2d> skip)
        implements UNetLayer {
    private static final double EPS = 1e-5;

    static ResBlock of(Weights weights) {
        return new ResBlock(
                GroupNorm.of(weights.below("in_layers.0."), EPS),
                Conv2d.of(weights.below("in_layers.2.")),
                Linear.of(weights.below("emb_layers.1.")),
                GroupNorm.of(weights.below("out_layers.0."), EPS),
                Conv2d.of(weights.below("out_layers.3.")),
                weights.has("skip_connection.weight")
                        ? Optional.of(Conv2d.of(weights.below("skip_connection.")))
                        : Optional.empty());
    }

    @Override
    public Tensor forward(Tensor x, Tensor embedding, Tensor context) {
        Tensor h = Scope.run(() -> {
            // A copy, for the embedding is shared by all blocks.
            Tensor t = time.forward(embedding.copy().silu());
            return conv1.forward(norm1.forward(x).silu()).add(t.reshape(t.size(0), t.size(1), 1, 1));
        });
        return Scope.run(() -> conv2.forward(norm2.forward(h).silu())
                .add(skip.map(conv -> conv.forward(x)).orElse(x)));
    }
}
