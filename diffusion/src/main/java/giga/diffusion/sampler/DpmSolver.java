package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lu et al., "DPM-Solver: a fast ODE solver for diffusion probabilistic model sampling in around 10 steps" (2022), with
 * ancestral noise after each step, as k-diffusion has it. These run from the first sigma to the lowest above 0 and
 * choose the sigmas between by themselves.
 */
final class DpmSolver {
    private static final float FIRST_STEP = 0.05f;
    private static final float CLOSE_TO_THE_END = 1e-5f;
    private static final double ABSOLUTE_TOLERANCE = 0.0078;
    private static final double RELATIVE_TOLERANCE = 0.05;
    private static final double ACCEPTED = 0.81;
    private static final int MOST_TRIES = 10_000;

    private DpmSolver() {}

    /** DPM-Solver-fast: as many calls as steps, in segments of equal log-time and of order 3, the last ones lower. */
    static Planes fast(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        DpmSolverStep solver = new DpmSolverStep(denoiser);
        float start = LogTime.of(sigmas.first());
        float end = LogTime.of(sigmas.lowest());
        List<Integer> orders = orders(sigmas.steps());
        for (int i = 0; i < orders.size(); i++) {
            float t = Schedules.linear(start, end, i, orders.size() + 1);
            float next = Schedules.linear(start, end, i + 1, orders.size() + 1);
            Goal goal = Goal.of(t, next, end, options);
            x = switch (orders.get(i)) {
                case 1 -> solver.first(x, t, goal.time);
                case 2 -> solver.second(x, t, goal.time, 0.5f);
                default -> solver.third(x, t, goal.time);
            };
            if (goal.up > 0) x = Combine.plus(x, options.noise() * goal.up, noise.draw(i + 1));
        }
        return x;
    }

    private static List<Integer> orders(int calls) {
        int segments = calls / 3 + 1;
        List<Integer> orders = new ArrayList<>();
        if (calls % 3 == 0) {
            orders.addAll(Collections.nCopies(segments - 2, 3));
            orders.add(2);
            orders.add(1);
        } else {
            orders.addAll(Collections.nCopies(segments - 1, 3));
            orders.add(calls % 3);
        }
        return orders;
    }

    /**
     * DPM-Solver-12 and -23's idea with k-diffusion's step control: steps as long as orders 2 and 3 agree. For a single
     * item, as the agreement is the whole batch's.
     *
     * @throws ModelException when no step is short enough
     */
    static Planes adaptive(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        DpmSolverStep solver = new DpmSolverStep(denoiser);
        float t = LogTime.of(sigmas.first());
        float end = LogTime.of(sigmas.lowest());
        double order = options.eta().orElse(1) > 0 ? 1.5 : 3;
        float h = FIRST_STEP;
        Planes previous = x;
        int accepted = 0;
        for (int tries = 0; t < end - CLOSE_TO_THE_END; tries++) {
            float next = Math.min(end, t + h);
            if (!(next > t) || tries == MOST_TRIES)
                throw new ModelException("DPM adaptive finds no step short enough at sigma %s: take another sampler"
                        .formatted(LogTime.sigma(t)));
            Goal goal = Goal.of(t, next, end, options);
            DpmSolverStep.Pair pair = solver.secondAndThird(x, t, goal.time);
            double error = error(pair, previous);
            double factor = 1 + StrictMath.atan(StrictMath.pow(1 / (error + 1e-8), 1 / order) - 1);
            if (factor >= ACCEPTED) {
                previous = pair.second();
                x = pair.third();
                accepted++;
                if (goal.up > 0) x = Combine.plus(x, options.noise() * goal.up, noise.draw(accepted));
                t = next;
            }
            h = (float) (h * factor);
        }
        return x;
    }

    private static double error(DpmSolverStep.Pair pair, Planes previous) {
        float[] low = pair.second().values();
        float[] high = pair.third().values();
        double sum = 0;
        for (int i = 0; i < low.length; i++) {
            double size = Math.max(Math.abs(low[i]), Math.abs(previous.values()[i]));
            double share = (low[i] - high[i]) / Math.max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * size);
            sum += share * share;
        }
        return Math.sqrt(sum / low.length);
    }

    /** How far a step to {@code next} goes, and how much noise then leads back. */
    private record Goal(float time, float up) {
        static Goal of(float t, float next, float end, SamplerOptions options) {
            double eta = options.eta().orElse(1);
            if (eta == 0) return new Goal(next, 0);
            float sigmaNext = LogTime.sigma(next);
            float time = Math.min(
                    end,
                    LogTime.of(Ancestral.step(LogTime.sigma(t), sigmaNext, eta).down()));
            float reached = LogTime.sigma(time);
            return new Goal(time, (float) Math.sqrt(Math.max(0, sigmaNext * sigmaNext - reached * reached)));
        }
    }
}
