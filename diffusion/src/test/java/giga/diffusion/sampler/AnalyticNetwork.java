package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The network of the goldens: formulas, evaluated in float64 and rounded once. Its condition is a number c, 0 for the
 * negative prompt.
 *
 * @param parts of the prompt
 * @param evaluated timesteps of all evaluations, those of one call together
 */
record AnalyticNetwork(Prediction prediction, List<Part> parts, List<float[]> evaluated) implements PromptedNetwork {
    record Part(double weight, List<Span> spans) {
        static Part of(double c) {
            return new Part(1, List.of(new Span(Integer.MAX_VALUE, c)));
        }

        double at(int call) {
            for (Span span : spans) if (call <= span.lastStep) return span.c;
            throw new AssertionError("call " + call);
        }
    }

    record Span(int lastStep, double c) {}

    AnalyticNetwork(Prediction prediction) {
        this(prediction, List.of(Part.of(0)), new ArrayList<>());
    }

    static AnalyticNetwork of(Prediction prediction, double c) {
        return new AnalyticNetwork(prediction, List.of(Part.of(c)), new ArrayList<>());
    }

    /** @param cond of a golden row: [[[last step, c], …], weight] per part */
    static AnalyticNetwork of(Prediction prediction, JsonNode cond) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : cond) {
            List<Span> spans = new ArrayList<>();
            for (JsonNode span : part.get(0))
                spans.add(new Span(span.get(0).intValue(), span.get(1).doubleValue()));
            parts.add(new Part(part.get(1).doubleValue(), spans));
        }
        return new AnalyticNetwork(prediction, parts, new ArrayList<>());
    }

    @Override
    public List<Double> weights() {
        return parts.stream().map(Part::weight).toList();
    }

    @Override
    public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
        List<Planes> outputs = new ArrayList<>();
        for (Part part : parts) outputs.add(output(x, timestep, part.at(call)));
        if (unconditional) outputs.add(output(x, timestep, 0));
        float[] timesteps = new float[outputs.size()];
        java.util.Arrays.fill(timesteps, timestep);
        evaluated.add(timesteps);
        return outputs;
    }

    Planes output(Planes x, float timestep, double c) {
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
