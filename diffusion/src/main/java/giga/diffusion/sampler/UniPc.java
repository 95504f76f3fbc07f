package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.sampler.UniPcOptions.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * Zhao et al., "UniPC: a unified predictor-corrector framework for fast sampling of diffusion models" (2023), multistep
 * and predicting pictures: each step's point is predicted from the last ones, the network called there, and the point
 * corrected with what it said.
 */
final class UniPc {
    private final NoisePredictor model;
    private final ContinuousSchedule schedule;
    private final UniPcOptions options;
    private final List<Point> points = new ArrayList<>();

    /** A picture that the network gave, at half the log-SNR lambda of its time; the newest is the last of the list. */
    private record Point(float lambda, Planes picture) {}

    private UniPc(NoisePredictor model, ContinuousSchedule schedule, UniPcOptions options) {
        this.model = model;
        this.schedule = schedule;
        this.options = options;
    }

    static Planes sample(
            NoisePredictor model, Planes x, Timesteps timesteps, NoiseSource noise, SamplerOptions options) {
        ContinuousSchedule schedule = new ContinuousSchedule(timesteps.alphasCumprod());
        int steps = timesteps.count();
        float start = timesteps.redraws() ? timesteps.at(steps - 1) / 1000f + 1 / 1000f : 1;
        return new UniPc(model, schedule, options.uniPc())
                .run(x, schedule.grid(options.uniPc().grid(), start, steps));
    }

    private Planes run(Planes x, float[] times) {
        int steps = times.length - 1;
        points.add(point(x, times[0]));
        for (int step = 1; step <= steps; step++) {
            int order = Math.min(step, options.order());
            if (options.lowerOrderAtTheEnd()) order = Math.min(order, steps + 1 - step);
            x = step(x, times[step - 1], times[step], order, step < steps);
        }
        return x;
    }

    /** One step; with correction it also appends the new point. */
    private Planes step(Planes x, float from, float to, int order, boolean corrected) {
        Point newest = points.getLast();
        float h = schedule.lambda(to) - newest.lambda;
        double[] ratios = new double[order];
        List<Planes> changes = new ArrayList<>();
        for (int i = 0; i < order - 1; i++) {
            Point older = points.get(points.size() - 2 - i);
            ratios[i] = (older.lambda - newest.lambda) / h;
            changes.add(Combine.scaled(1 / ratios[i], Combine.difference(older.picture, newest.picture)));
        }
        ratios[order - 1] = 1;
        double alpha = schedule.alpha(to);
        Planes base = Combine.sum(
                schedule.sigma(to) / schedule.sigma(from), x, -alpha * StrictMath.expm1(-h), newest.picture);
        double[] predictor = coefficients(ratios, h, order - 1);
        Planes predicted = base;
        for (int i = 0; i < order - 1; i++) predicted = Combine.plus(predicted, -alpha * predictor[i], changes.get(i));
        if (!corrected) return predicted;

        Point reached = point(predicted, to);
        changes.add(Combine.difference(reached.picture, newest.picture));
        double[] corrector = coefficients(ratios, h, order);
        Planes result = base;
        for (int i = 0; i < order; i++) result = Combine.plus(result, -alpha * corrector[i], changes.get(i));
        points.add(reached);
        return result;
    }

    private double[] coefficients(double[] ratios, float h, int count) {
        return options.variant() == Variant.VARY_COEFF
                ? UniPcCoefficients.varying(ratios, h, count)
                : UniPcCoefficients.fixed(ratios, h, count, options.variant());
    }

    private Point point(Planes x, float time) {
        Planes noise = model.predict(x, (time - 1 / 1000f) * 1000f).guided();
        Planes picture = Combine.scaled(1 / schedule.alpha(time), Combine.plus(x, -schedule.sigma(time), noise));
        return new Point(schedule.lambda(time), picture);
    }
}
