package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Group normalisation with 32 groups (Wu and He, arXiv 1803.08494). */
record GroupNorm(Tensor weight, Tensor bias, double eps) {
    private static final int GROUPS = 32;

    static GroupNorm of(Weights weights, double eps) {
        return new GroupNorm(weights.get("weight"), weights.get("bias"), eps);
    }

    Tensor forward(Tensor x) {
        return Functional.groupNorm(x, GROUPS, weight, bias, eps);
    }
}
