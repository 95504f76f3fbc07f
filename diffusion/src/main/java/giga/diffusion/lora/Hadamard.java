package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** LoHa: two products of thin matrices, multiplied element by element (Hyeon-Woo et al., arXiv 2108.06098). */
record Hadamard(Factor first, Factor second) implements Delta {
    /**
     * @param a [out, rank]; with a core [rank, out]
     * @param b [rank, in · height · width]; with a core [rank, in]
     * @param core [rank, rank, height, width]
     */
    record Factor(TensorEntry a, TensorEntry b, Optional<TensorEntry> core) {
        Factor {
            Shapes.matrix(a);
            Shapes.matrix(b);
            if (core.isEmpty()) Shapes.require(Shapes.columns(a) == Shapes.rows(b), a, b);
            core.ifPresent(t -> {
                Shapes.require(Shapes.core(t).shape().get(0) == Shapes.rows(a), t, a);
                Shapes.require(t.shape().get(1) == Shapes.rows(b), t, b);
            });
        }

        boolean fits(List<Long> shape) {
            if (core.isEmpty())
                return Shapes.rows(a) == shape.getFirst()
                        && Shapes.rows(a) * Shapes.columns(b) == Shapes.elements(shape);
            return Shapes.fitsCore(core.get(), shape)
                    && Shapes.columns(a) == shape.getFirst()
                    && Shapes.columns(b) == shape.get(1);
        }

        Tensor product() {
            Tensor left = MappedTensor.inF32(a).reshape(Shapes.rows(a), Shapes.columns(a));
            Tensor right = MappedTensor.inF32(b).reshape(Shapes.rows(b), Shapes.columns(b));
            return core.map(t -> Cores.expand(MappedTensor.inF32(t), left, right))
                    .orElseGet(() -> left.matmul(right));
        }

        Stream<TensorEntry> tensors() {
            return Stream.concat(Stream.of(a, b), core.stream());
        }
    }

    @Override
    public String kind() {
        return "LoHa";
    }

    @Override
    public OptionalLong rank() {
        return OptionalLong.of(Shapes.rows(first.b()));
    }

    @Override
    public boolean fits(List<Long> shape) {
        return first.fits(shape) && second.fits(shape);
    }

    @Override
    public Tensor of(Tensor weight, OptionalInt dim) {
        return first.product().reshape(weight.shape()).times(second.product().reshape(weight.shape()));
    }

    @Override
    public List<TensorEntry> tensors() {
        return Stream.concat(first.tensors(), second.tensors()).toList();
    }
}
