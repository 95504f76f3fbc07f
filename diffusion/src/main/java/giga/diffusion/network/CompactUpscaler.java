package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * SRVGGNetCompact of Real-ESRGAN (Wang et al. 2021): convolutions and PReLUs at the size of the input, whose last channels
 * become pixels and are added to the enlarged input.
 */
public final class CompactUpscaler implements UpscalerNetwork {
    private final List<UnaryOperator<Tensor>> body;
    private final int scale;
    private final Tensor anyWeight;

    /**
     * @param weights {@code body.0}, a convolution, to {@code body.(2 convolutions - 2)}, PReLUs between
     * @param convolutions all of them
     */
    public CompactUpscaler(Weights weights, int convolutions, int scale) {
        this.scale = scale;
        anyWeight = weights.get("body.0.weight");
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        for (int i = 0; i < convolutions; i++) {
            layers.add(Conv2d.of(weights.below("body." + 2 * i + "."))::forward);
            if (i == convolutions - 1) break;
            Tensor slopes = weights.get("body." + (2 * i + 1) + ".weight");
            layers.add(x -> Functional.prelu(x, slopes));
        }
        body = List.copyOf(layers);
    }

    @Override
    public Tensor forward(Tensor x, Part part) {
        return Scope.run(() -> {
            Tensor input = x.like(anyWeight).channelsLast();
            Tensor change = Functional.pixelShuffle(Scope.through(body, input), scale);
            // In f32 whatever the weights are: a picture's own grey levels do not all fit into bf16.
            Tensor large = Functional.upsampleNearest(x, scale * x.size(2), scale * x.size(3));
            return part.of(large.add(change.to(Precision.F32)), scale);
        });
    }
}
