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
 * The tiny autoencoder TAESD by Ollin Boer Bohan: plain stacks of layers, numbered as in its files. The weights tell
 * what a number is; numbers without weights between them are what the decoder does without any.
 */
public final class AutoencoderTiny implements Autoencoder {
    private final Tensor anyWeight;
    private final List<UnaryOperator<Tensor>> encoder;
    private final List<UnaryOperator<Tensor>> decoder;

    /** @param weights with {@code taesd_encoder.} and {@code taesd_decoder.} */
    public AutoencoderTiny(Weights weights) {
        anyWeight = weights.get("taesd_encoder.0.weight");
        encoder = encoder(weights.below("taesd_encoder."));
        decoder = decoder(weights.below("taesd_decoder."));
    }

    @Override
    public Tensor encode(Tensor picture) {
        return Scope.run(() -> {
            Tensor fromZeroToOne = picture.plus(1).times(0.5);
            return Scope.through(encoder, fromZeroToOne.like(anyWeight).channelsLast())
                    .to(Precision.F32);
        });
    }

    @Override
    public Tensor decode(Tensor latent) {
        return Scope.run(() -> {
            Tensor clamped = latent.times(1.0 / 3).tanh().times(3);
            Tensor fromZeroToOne = Scope.through(
                            decoder, clamped.like(anyWeight).channelsLast())
                    .to(Precision.F32);
            return fromZeroToOne.times(2).plus(-1);
        });
    }

    /** Convolutions without a bias halve the sides. */
    private static List<UnaryOperator<Tensor>> encoder(Weights weights) {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        for (int i = 0; ; i++) {
            Weights layer = weights.below(i + ".");
            if (layer.has("conv.0.weight")) layers.add(Block.of(layer)::forward);
            else if (layer.has("weight")) layers.add(Conv2d.of(layer, layer.has("bias") ? 1 : 2)::forward);
            else return List.copyOf(layers);
        }
    }

    /** 0 clamps (see {@link #decode}), 1 is a convolution, 2 a ReLU; a later gap doubles the sides. */
    private static List<UnaryOperator<Tensor>> decoder(Weights weights) {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        layers.add(Conv2d.of(weights.below("1."))::forward);
        layers.add(Tensor::relu);
        for (int i = 3; weights.has(i + ".weight") || weights.has(i + ".conv.0.weight") || isGap(weights, i); i++) {
            Weights layer = weights.below(i + ".");
            if (layer.has("conv.0.weight")) layers.add(Block.of(layer)::forward);
            else if (layer.has("weight")) layers.add(Conv2d.of(layer)::forward);
            else layers.add(x -> Functional.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3)));
        }
        return List.copyOf(layers);
    }

    private static boolean isGap(Weights weights, int i) {
        return weights.has((i + 1) + ".weight");
    }

    private record Block(Conv2d conv0, Conv2d conv2, Conv2d conv4) {
        static Block of(Weights weights) {
            return new Block(
                    Conv2d.of(weights.below("conv.0.")),
                    Conv2d.of(weights.below("conv.2.")),
                    Conv2d.of(weights.below("conv.4.")));
        }

        Tensor forward(Tensor x) {
            Tensor h = conv2.forward(conv0.forward(x).relu()).relu();
            return conv4.forward(h).add(x).relu();
        }
    }
}
