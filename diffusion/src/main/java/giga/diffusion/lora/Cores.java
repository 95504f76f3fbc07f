package giga.diffusion.lora;

import giga.diffusion.tensor.Tensor;

/** Kernels as Tucker decompositions: a small core, and a matrix for each of its first two sides. */
final class Cores {
    private Cores() {}

    /**
     * Δ[p, q, k, l] = Σ core[i, j, k, l] · left[i, p] · right[j, q].
     *
     * @param core [i, j, height, width]
     * @param left [i, out]
     * @param right [j, in]
     * @return [out, in, height, width]
     */
    static Tensor expand(Tensor core, Tensor left, Tensor right) {
        long ranks = core.size(0);
        long height = core.size(2);
        long width = core.size(3);
        Tensor wide = core.permute(0, 2, 3, 1)
                .reshape(ranks * height * width, core.size(1))
                .matmul(right)
                .reshape(ranks, height * width * right.size(1));
        return left.transpose(0, 1)
                .matmul(wide)
                .reshape(left.size(1), height, width, right.size(1))
                .permute(0, 3, 1, 2);
    }
}
