package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * RRDBNet of ESRGAN (Wang et al. 2018) and Real-ESRGAN (2021): residual dense blocks at the size of the input, or at that
 * of its groups of {@code unshuffle} x {@code unshuffle} pixels, then a doubling for each of {@code doublings}.
 */
public final class RrdbUpscaler implements UpscalerNetwork {
    private static final double SLOPE = 0.2;
    private static final double RESIDUAL = 0.2;

    /** Convolutions after the first doubling see so many of its input's pixels around a pixel, and some more. */
    private static final int REACH_AFTER_BODY = 3;

    private static final int BAND = 64;

    private final int unshuffle;
    private final int enlargement;
    private final Conv2d first;
    private final List<UnaryOperator<Tensor>> body;
    private final List<UnaryOperator<Tensor>> enlarging;

    /** @param weights by the names of BasicSR */
    public RrdbUpscaler(Weights weights, int blocks, int doublings, int unshuffle) {
        this.unshuffle = unshuffle;
        this.enlargement = 1 << doublings;
        this.first = Conv2d.of(weights.below("conv_first."));
        List<UnaryOperator<Tensor>> trunk = new ArrayList<>();
        for (int i = 0; i < blocks; i++) trunk.add(Block.of(weights.below("body." + i + "."))::forward);
        trunk.add(Conv2d.of(weights.below("conv_body."))::forward);
        this.body = List.copyOf(trunk);
        List<UnaryOperator<Tensor>> rest = new ArrayList<>();
        for (int i = 1; i <= doublings; i++) {
            Conv2d up = Conv2d.of(weights.below("conv_up" + i + "."));
            rest.add(x -> Functional.upsampleNearest(x, 2 * x.size(2), 2 * x.size(3)));
            rest.add(x -> up.forward(x).leakyRelu(SLOPE));
        }
        Conv2d hr = Conv2d.of(weights.below("conv_hr."));
        rest.add(x -> hr.forward(x).leakyRelu(SLOPE));
        rest.add(Conv2d.of(weights.below("conv_last."))::forward);
        this.enlarging = List.copyOf(rest);
    }

    /**
     * Beyond the part only the body is calculated, and what comes after it in bands: at the size of the result features
     * take the most memory.
     */
    @Override
    public Tensor forward(Tensor x, Part part) {
        return Scope.run(() -> {
            Tensor features = Scope.run(() -> first.forward(grouped(x.like(first.weight()))));
            Tensor deep = Scope.run(() -> Scope.through(body, features).add(features));
            List<Tensor> bands = new ArrayList<>();
            for (long y = part.y(); y < part.y() + part.height(); y += BAND) {
                long height = Math.min(BAND, part.y() + part.height() - y);
                bands.add(enlarged(deep, new Part(part.x(), y, part.width(), height)));
            }
            return bands.size() == 1 ? bands.getFirst() : Tensor.cat(2, bands);
        });
    }

    private Tensor enlarged(Tensor deep, Part part) {
        return Scope.run(() -> {
            Part seen = seen(part, deep);
            Tensor large =
                    Scope.through(enlarging, Scope.run(() -> seen.of(deep, 1).channelsLast()));
            return large.narrow(2, part.y() * scale() - seen.y() * enlargement, part.height() * scale())
                    .narrow(3, part.x() * scale() - seen.x() * enlargement, part.width() * scale());
        });
    }

    private long scale() {
        return enlargement / unshuffle;
    }

    /** The features that decide a part of the result. */
    private Part seen(Part part, Tensor features) {
        long left = Math.max(0, part.x() / unshuffle - REACH_AFTER_BODY);
        long top = Math.max(0, part.y() / unshuffle - REACH_AFTER_BODY);
        long right = Math.min(features.size(3), Math.ceilDiv(part.x() + part.width(), unshuffle) + REACH_AFTER_BODY);
        long bottom = Math.min(features.size(2), Math.ceilDiv(part.y() + part.height(), unshuffle) + REACH_AFTER_BODY);
        return new Part(left, top, right - left, bottom - top);
    }

    private Tensor grouped(Tensor x) {
        return unshuffle == 1 ? x : Functional.pixelUnshuffle(x, unshuffle).channelsLast();
    }

    /** Residual in residual dense block. */
    private record Block(List<DenseBlock> parts) {
        static Block of(Weights weights) {
            return new Block(IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> DenseBlock.of(weights.below("rdb" + i + ".")))
                    .toList());
        }

        Tensor forward(Tensor x) {
            List<UnaryOperator<Tensor>> layers = new ArrayList<>();
            for (DenseBlock part : parts) layers.add(part::forward);
            return Scope.through(layers, x).scale(RESIDUAL).add(x);
        }
    }

    /** @param shortcut of ESRGAN+ (Rakotonirina and Rasoanaivo 2020), where a file has it */
    private record DenseBlock(List<Conv2d> convs, Optional<Conv2d> shortcut) {
        static DenseBlock of(Weights weights) {
            return new DenseBlock(
                    IntStream.rangeClosed(1, 5)
                            .mapToObj(i -> Conv2d.of(weights.below("conv" + i + ".")))
                            .toList(),
                    weights.has("conv1x1.weight")
                            ? Optional.of(Conv2d.of(weights.below("conv1x1.")))
                            : Optional.empty());
        }

        Tensor forward(Tensor x) {
            return Scope.run(() -> {
                Tensor x1 = convs.get(0).forward(x).leakyRelu(SLOPE);
                Tensor x2 = conv(1, x, x1).leakyRelu(SLOPE);
                shortcut.ifPresent(conv -> x2.add(conv.forward(x)));
                Tensor x3 = conv(2, x, x1, x2).leakyRelu(SLOPE);
                Tensor x4 = conv(3, x, x1, x2, x3).leakyRelu(SLOPE);
                if (shortcut.isPresent()) x4.add(x2);
                return conv(4, x, x1, x2, x3, x4).scale(RESIDUAL).add(x);
            });
        }

        private Tensor conv(int number, Tensor... inputs) {
            return Scope.run(() -> convs.get(number).forward(Tensor.cat(1, List.of(inputs))));
        }
    }
}
