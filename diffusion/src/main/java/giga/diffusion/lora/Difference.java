package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The whole difference of a weight.
 *
 * @param values of the weight's own shape
 */
record Difference(TensorEntry values) implements Delta {
    Difference {
        Shapes.require(!values.shape().isEmpty() && values.elements() > 0, values, "the weight it changes");
    }

    @Override
    public String kind() {
        return "differences";
    }

    @Override
    public OptionalLong rank() {
        return OptionalLong.empty();
    }

    @Override
    public boolean fits(List<Long> shape) {
        return values.elements() == Shapes.elements(shape)
                && values.shape().getFirst().equals(shape.getFirst());
    }

    @Override
    public Tensor of(Tensor weight, OptionalInt dim) {
        return MappedTensor.inF32(values);
    }

    @Override
    public List<TensorEntry> tensors() {
        return List.of(values);
    }
}
