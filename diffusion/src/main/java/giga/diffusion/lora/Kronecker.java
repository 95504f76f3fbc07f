package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** LoKr: the Kronecker product of a small and a large block, each whole or in thin factors (LyCORIS, arXiv 2309.14859). */
record Kronecker(Block first, Block second) implements Delta {
    /** One of the two blocks. */
    sealed interface Block {
        /** [rows, columns], kernels flattened. */
        Tensor matrix();

        long rows();

        long columns();

        OptionalLong rank();

        /** Whether what is thin is so, as part of a weight of this shape. */
        boolean suits(List<Long> shape);

        Stream<TensorEntry> tensors();
    }

    /** @param block [rows, columns] or [rows, columns, height, width] */
    record Whole(TensorEntry block) implements Block {
        Whole {
            Shapes.matrix(block);
        }

        @Override
        public Tensor matrix() {
            return MappedTensor.inF32(block).reshape(rows(), columns());
        }

        @Override
        public long rows() {
            return Shapes.rows(block);
        }

        @Override
        public long columns() {
            return Shapes.columns(block);
        }

        @Override
        public OptionalLong rank() {
            return OptionalLong.empty();
        }

        @Override
        public boolean suits(List<Long> shape) {
            return true;
        }

        @Override
        public Stream<TensorEntry> tensors() {
            return Stream.of(block);
        }
    }

    /** In the factors of {@link Hadamard.Factor}. */
    record Factored(Hadamard.Factor factors) implements Block {
        @Override
        public Tensor matrix() {
            return factors.product().reshape(rows(), columns());
        }

        @Override
        public long rows() {
            return factors.core().isPresent() ? Shapes.columns(factors.a()) : Shapes.rows(factors.a());
        }

        @Override
        public long columns() {
            Optional<TensorEntry> core = factors.core();
            long kernel = core.map(t -> t.shape().get(2) * t.shape().get(3)).orElse(1L);
            return Shapes.columns(factors.b()) * kernel;
        }

        @Override
        public OptionalLong rank() {
            return OptionalLong.of(Shapes.rows(factors.b()));
        }

        @Override
        public boolean suits(List<Long> shape) {
            return factors.core().map(core -> Shapes.fitsCore(core, shape)).orElse(true);
        }

        @Override
        public Stream<TensorEntry> tensors() {
            return factors.tensors();
        }
    }

    @Override
    public String kind() {
        return "LoKr";
    }

    @Override
    public OptionalLong rank() {
        return second.rank().isPresent() ? second.rank() : first.rank();
    }

    @Override
    public boolean fits(List<Long> shape) {
        return first.suits(shape)
                && second.suits(shape)
                && multiply(first.rows(), second.rows()) == shape.getFirst()
                && multiply(first.columns(), second.columns()) == Shapes.elements(shape) / shape.getFirst();
    }

    @Override
    public Tensor of(Tensor weight, OptionalInt dim) {
        Tensor outer = first.matrix().reshape(first.rows(), 1, first.columns(), 1);
        Tensor inner = second.matrix().reshape(1, second.rows(), 1, second.columns());
        return outer.times(inner);
    }

    @Override
    public List<TensorEntry> tensors() {
        return Stream.concat(first.tensors(), second.tensors()).toList();
    }

    /** Saturating, so that no product of absurd sides comes out as a sensible one. */
    private static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        return high == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }
}
