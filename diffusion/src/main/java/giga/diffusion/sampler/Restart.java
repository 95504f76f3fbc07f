package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Heun's method that jumps back up with new noise and down again, which takes errors away (Xu et al., "Restart sampling
 * for improving generative processes", 2023), with A1111's choice of where.
 */
final class Restart {
    private static final int FEWEST_STEPS = 20;
    private static final float JUMPS_FROM = 0.1f;
    private static final float JUMPS_TO = 2;

    private Restart() {}

    static Planes restart(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        float last = sigmas.first();
        int jumps = 0;
        for (Leg leg : legs(sigmas.run())) {
            if (leg.from > last) {
                double added = options.noise() * Math.sqrt(leg.from * leg.from - last * last);
                x = Combine.plus(x, added, noise.draw(++jumps));
            }
            x = Euler.heunStep(denoiser, x, leg.from, leg.to);
            last = leg.to;
        }
        return x;
    }

    /** One step; it begins with a jump where it begins higher than the last ended. */
    private record Leg(float from, float to) {}

    private static List<Leg> legs(float[] run) {
        int steps = run.length - 1;
        if (steps < FEWEST_STEPS) return between(run);
        int again = steps >= 36 ? steps / 4 : 9;
        int times = steps >= 36 ? 2 : 1;
        float[] once = Schedules.karras(steps - again * times, run[steps - 1], run[0], 7);
        int low = nearest(once, JUMPS_FROM);
        int high = nearest(once, JUMPS_TO);
        List<Leg> legs = between(once);
        if (high >= low) return legs;
        float[] repeated = Schedules.karras(again + 1, once[low], once[high], 7);
        List<Leg> detour = between(repeated).subList(0, again);
        for (int i = 0; i < times; i++) legs.addAll(low, detour);
        return legs;
    }

    private static List<Leg> between(float[] sigmas) {
        List<Leg> legs = new ArrayList<>();
        for (int i = 1; i < sigmas.length; i++) legs.add(new Leg(sigmas[i - 1], sigmas[i]));
        return legs;
    }

    private static int nearest(float[] sigmas, float sigma) {
        int nearest = 0;
        for (int i = 1; i < sigmas.length; i++)
            if (Math.abs(sigmas[i] - sigma) < Math.abs(sigmas[nearest] - sigma)) nearest = i;
        return nearest;
    }
}
