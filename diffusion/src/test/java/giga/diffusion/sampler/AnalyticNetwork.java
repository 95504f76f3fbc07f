package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.weights.Architecture.Prediction;

/** The network of the goldens: formulas, evaluated in float64 and rounded once. c is the condition. */
record AnalyticNetwork(Prediction prediction, double c) implements Denoiser.Network {
    @Override
    public Planes predict(Planes x, float timestep) {
        Planes result = new Planes(x.batch(), x.channels(), x.height(), x.width());
        double tau = timestep / 1000.0;
        int size = x.values().length / x.batch();
        for (int j = 0; j < x.values().length; j++) {
            double value = x.values()[j];
            double phase = 2 * Math.PI * tau + 0.37 * (j % size) + c;
            result.values()[j] = (float)
                    switch (prediction) {
                        case EPS -> (0.15 + 0.8 * tau) * value + 0.25 * (1.1 - tau) * Math.sin(3 * value + phase);
                        case V -> 0.3 * (1 - tau) * value - (0.2 + 0.5 * tau) * Math.sin(2 * value + phase);
                    };
        }
        return result;
    }
}
