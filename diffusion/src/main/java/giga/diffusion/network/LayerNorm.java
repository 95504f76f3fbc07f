package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Normalisation over the last dimension (Ba et al., arXiv 1607.06450). */
record LayerNorm(Tensor weight, Tensor bias) {
    private static final double EPS = 1e-5;

    static LayerNorm of(Weights weights) {
        return new LayerNorm(weights.get("weight"), weights.get("bias"));
    }

    Tensor forward(Tensor x) {
        return Functional.layerNorm(x, weight, bias, EPS);
    }
}
