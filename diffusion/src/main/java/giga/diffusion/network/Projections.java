package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;

/** Two projections with a SiLU between them: how a UNet takes in the timestep and what else holds for a whole picture. */
record Projections(Linear first, Linear second) {
    static Projections of(Weights weights) {
        return new Projections(Linear.of(weights.below("0.")), Linear.of(weights.below("2.")));
    }

    Tensor forward(Tensor x) {
        return second.forward(first.forward(x).silu());
    }
}
