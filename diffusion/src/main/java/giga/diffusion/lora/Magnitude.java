package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.Arrays;
import java.util.List;

/**
 * DoRA (Liu et al., arXiv 2402.09353): the changed weight V keeps only its directions, their lengths are trained apart.
 * Directions are those of outputs, as in the paper, or of inputs, as LyCORIS and kohya's trainer write them.
 *
 * @param lengths [out, 1, …] or [out], or [1, in, …]
 */
record Magnitude(TensorEntry lengths) {
    /** Lengths of zero give directions of zero, not NaN. */
    private static final double SHORTEST = 1e-30;

    Magnitude {
        Shapes.require(lengths.elements() > 0, lengths, "a weight's outputs or inputs");
    }

    boolean fits(List<Long> shape) {
        long side = dimension() < shape.size() ? shape.get(dimension()) : 0;
        return lengths.elements() == side;
    }

    /** V · (lengths / ‖V‖). */
    Tensor applyTo(Tensor v) {
        long[] sides = new long[v.rank()];
        Arrays.fill(sides, 1);
        sides[dimension()] = lengths.elements();
        Tensor norms = v.normsAlong(dimension()).atLeast(SHORTEST);
        return v.times(MappedTensor.inF32(lengths).reshape(sides).over(norms));
    }

    private int dimension() {
        List<Long> shape = lengths.shape();
        return shape.size() > 1 && shape.getFirst() == 1 ? 1 : 0;
    }
}
