package giga.diffusion.lora;

import giga.diffusion.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a LoRA's module acts: a weight of the checkpoint, or some of its rows.
 *
 * @param weight its name
 * @param bias the name of the bias beside it
 * @param firstRow where the module's rows begin, in weight and bias
 * @param shape of the module's rows of the weight, [out, …]
 */
record Target(String weight, Optional<String> bias, long firstRow, List<Long> shape) {
    /** Channels of a latent: inpainting models read a mask and a masked picture behind them. */
    private static final long LATENT = 4;

    boolean fits(LoraModule module) {
        return (module.fits(shape) || module.fits(ofLatent())) && (module.bias().isEmpty() || bias.isPresent());
    }

    /** The part of the whole weight that the module changes; a view. */
    Tensor in(Tensor wholeWeight, LoraModule module) {
        Tensor rows = wholeWeight.narrow(0, firstRow, shape.getFirst());
        return module.fits(shape) ? rows : rows.narrow(1, 0, LATENT);
    }

    Tensor inBias(Tensor wholeBias) {
        return wholeBias.narrow(0, firstRow, shape.getFirst());
    }

    /** What a LoRA trained without a mask expects of the first convolution of an inpainting model. */
    private List<Long> ofLatent() {
        if (shape.size() != 4 || shape.get(1) != 2 * LATENT + 1) return shape;
        List<Long> without = new ArrayList<>(shape);
        without.set(1, LATENT);
        return without;
    }
}
