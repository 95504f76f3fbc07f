package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.util.List;

/** What the shapes of a LoRA's tensors must be before native code sees them. */
final class Shapes {
    private Shapes() {}

    static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Numbers for each entry of the first dimension: the width of a tensor seen as a matrix. */
    static long columns(TensorEntry entry) {
        return entry.elements() / entry.shape().getFirst();
    }

    static long rows(TensorEntry entry) {
        return entry.shape().getFirst();
    }

    /** Of a factor, which is a matrix, possibly with sides of a kernel behind it. */
    static TensorEntry matrix(TensorEntry entry) {
        int rank = entry.shape().size();
        if ((rank != 2 && rank != 4) || entry.elements() == 0)
            throw wrong(entry, "where a matrix or a kernel belongs, with no side of 0");
        return entry;
    }

    /** Of the core of a decomposed kernel. */
    static TensorEntry core(TensorEntry entry) {
        if (entry.shape().size() != 4 || entry.elements() == 0)
            throw wrong(entry, "where [rank, rank, height, width] belongs, with no side of 0");
        return entry;
    }

    static boolean isKernel(TensorEntry entry) {
        return entry.shape().size() == 4 && entry.shape().get(2) * entry.shape().get(3) > 1;
    }

    /** As a decomposed kernel of this shape; larger cores than kernels would be no decomposition, only a burden. */
    static boolean fitsCore(TensorEntry core, List<Long> shape) {
        long most = shape.stream().mapToLong(Long::longValue).max().orElse(0);
        return shape.size() == 4
                && core.shape().subList(2, 4).equals(shape.subList(2, 4))
                && core.shape().get(0) <= most
                && core.shape().get(1) <= most;
    }

    static void require(boolean fits, TensorEntry a, TensorEntry b) {
        require(fits, a, describe(b));
    }

    static void require(boolean fits, TensorEntry entry, String other) {
        if (!fits) throw wrong(entry, "which does not go with " + other);
    }

    private static ModelException wrong(TensorEntry entry, String why) {
        return new ModelException("tensor " + describe(entry) + ", " + why + "; the file is damaged, get it anew.");
    }

    private static String describe(TensorEntry entry) {
        return Names.show(entry.name()) + " has the shape " + Names.shape(entry.shape());
    }
}
