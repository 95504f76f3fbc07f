package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Two thin matrices (Hu et al., arXiv 2106.09685), for kernels possibly with a core between them (LoCon of LyCORIS).
 *
 * @param up [out, rank], possibly with two sides of 1 behind
 * @param down [rank, in] or [rank, in, height, width]
 * @param mid [rank, rank, height, width]
 */
record LowRank(TensorEntry up, TensorEntry down, Optional<TensorEntry> mid) implements Delta {
    LowRank {
        Shapes.matrix(up);
        Shapes.matrix(down);
        long ofUp = Shapes.columns(up);
        if (mid.isEmpty()) Shapes.require(ofUp == Shapes.rows(down), up, down);
        mid.ifPresent(core -> {
            List<Long> sides = Shapes.core(core).shape();
            Shapes.require(sides.get(0) == ofUp, core, up);
            Shapes.require(sides.get(1) == Shapes.rows(down), core, down);
        });
    }

    @Override
    public String kind() {
        return Shapes.isKernel(down) || mid.isPresent() ? "LoCon" : "LoRA";
    }

    @Override
    public OptionalLong rank() {
        return OptionalLong.of(Shapes.rows(down));
    }

    @Override
    public boolean fits(List<Long> shape) {
        if (Shapes.rows(up) != shape.getFirst()) return false;
        return mid.map(core -> Shapes.fitsCore(core, shape) && Shapes.columns(down) == shape.get(1))
                .orElseGet(() -> Shapes.rows(up) * Shapes.columns(down) == Shapes.elements(shape));
    }

    @Override
    public Tensor of(Tensor weight, OptionalInt dim) {
        if (mid.isPresent())
            return Cores.expand(
                    MappedTensor.inF32(mid.get()),
                    left(OptionalInt.empty()).transpose(0, 1),
                    right(OptionalInt.empty()));
        return left(dim).matmul(right(dim));
    }

    @Override
    public void addTo(Tensor weight, double factor, OptionalInt dim) {
        if (mid.isPresent()) Delta.super.addTo(weight, factor, dim);
        else weight.reshape(weight.size(0), Shapes.columns(down)).addProduct(left(dim), right(dim), factor);
    }

    private Tensor left(OptionalInt dim) {
        Tensor matrix = MappedTensor.inF32(up).reshape(Shapes.rows(up), Shapes.columns(up));
        return matrix.narrow(1, 0, Math.min(matrix.size(1), dim.orElse(Integer.MAX_VALUE)));
    }

    private Tensor right(OptionalInt dim) {
        Tensor matrix = MappedTensor.inF32(down).reshape(Shapes.rows(down), Shapes.columns(down));
        return matrix.narrow(0, 0, Math.min(matrix.size(0), dim.orElse(Integer.MAX_VALUE)));
    }

    @Override
    public List<TensorEntry> tensors() {
        return Stream.concat(Stream.of(up, down), mid.stream()).toList();
    }
}
