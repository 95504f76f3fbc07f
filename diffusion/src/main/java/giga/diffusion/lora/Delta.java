package giga.diffusion.lora;

import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a LoRA adds to one weight, before any scale; calculated in f32. */
sealed interface Delta permits LowRank, Hadamard, Kronecker, Difference, Rescaling {
    /** As people call it: LoRA, LoHa, … */
    String kind();

    /** What alpha is divided by; empty where the alpha of such a module has no meaning. */
    OptionalLong rank();

    /** Whether it can be added to a weight of this shape, [out, in] or [out, in, height, width]. */
    boolean fits(List<Long> shape);

    /**
     * The change itself.
     *
     * @param weight that it is for, in f32 and of a shape that {@link #fits}
     * @param dim how many of its ranks act, all where empty; without meaning for some kinds
     * @return as many numbers as the weight has, in the same order
     */
    Tensor of(Tensor weight, OptionalInt dim);

    /** Adds factor times the change to a weight, in place. */
    default void addTo(Tensor weight, double factor, OptionalInt dim) {
        weight.add(of(weight, dim).times(factor).reshape(weight.shape()));
    }

    /** All that it is made of. */
    List<TensorEntry> tensors();
}
