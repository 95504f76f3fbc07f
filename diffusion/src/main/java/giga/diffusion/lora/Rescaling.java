package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * IA3 (Liu et al., arXiv 2205.05638): the weight itself, times a number for each output or each input.
 *
 * @param factors [out], or [in] if they are for the inputs
 */
record Rescaling(TensorEntry factors, boolean onInput) implements Delta {
    Rescaling {
        Shapes.require(factors.elements() > 0, factors, "the weight it changes");
    }

    @Override
    public String kind() {
        return "IA3";
    }

    @Override
    public OptionalLong rank() {
        return OptionalLong.empty();
    }

    @Override
    public boolean fits(List<Long> shape) {
        return shape.size() > dimension() && factors.elements() == shape.get(dimension());
    }

    @Override
    public Tensor of(Tensor weight, OptionalInt dim) {
        long[] sides = new long[weight.rank()];
        Arrays.fill(sides, 1);
        sides[dimension()] = factors.elements();
        return weight.times(MappedTensor.inF32(factors).reshape(sides));
    }

    private int dimension() {
        return onInput ? 1 : 0;
    }

    @Override
    public List<TensorEntry> tensors() {
        return List.of(factors);
    }
}
