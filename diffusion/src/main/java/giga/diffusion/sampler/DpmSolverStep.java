package giga.diffusion.sampler;

import static giga.diffusion.sampler.LogTime.expm1;

import giga.diffusion.Planes;

/** Single steps of DPM-Solver (Lu et al. 2022, section 3 and appendix C), in noise e = (x − D) / σ over t = −ln σ. */
record DpmSolverStep(Denoiser denoiser) {
    private static final float THIRD = 1f / 3;

    /** Results of orders 2 and 3, which share their first two calls. */
    record Pair(Planes second, Planes third) {}

    Planes first(Planes x, float t, float next) {
        return toward(x, t, next, noise(x, t));
    }

    /** @param r where between t and next the second call is made */
    Planes second(Planes x, float t, float next, float r) {
        Planes here = noise(x, t);
        return second(x, t, next, r, here, at(x, t, next, r, here));
    }

    Planes third(Planes x, float t, float next) {
        Planes here = noise(x, t);
        return third(x, t, next, here, at(x, t, next, THIRD, here));
    }

    Pair secondAndThird(Planes x, float t, float next) {
        Planes here = noise(x, t);
        Planes between = at(x, t, next, THIRD, here);
        return new Pair(second(x, t, next, THIRD, here, between), third(x, t, next, here, between));
    }

    private static Planes second(Planes x, float t, float next, float r, Planes here, Planes between) {
        float factor = LogTime.sigma(next) / (2 * r) * expm1(next - t);
        return Combine.plus(toward(x, t, next, here), -factor, Combine.difference(between, here));
    }

    private Planes third(Planes x, float t, float next, Planes here, Planes between) {
        float h = next - t;
        float r = 2 * THIRD;
        float later = t + r * h;
        Planes change = Combine.difference(between, here);
        float bend = LogTime.sigma(later) * (r / THIRD) * (expm1(r * h) / (r * h) - 1);
        Planes guess = Combine.plus(toward(x, t, later, here), -bend, change);
        float last = LogTime.sigma(next) / r * (expm1(h) / h - 1);
        return Combine.plus(toward(x, t, next, here), -last, Combine.difference(noise(guess, later), here));
    }

    private Planes at(Planes x, float t, float next, float r, Planes here) {
        float between = t + r * (next - t);
        return noise(toward(x, t, between, here), between);
    }

    /** x − σ'·(e^h − 1)·e, which is exact while the noise e does not change. */
    private static Planes toward(Planes x, float t, float next, Planes noise) {
        return Combine.plus(x, -LogTime.sigma(next) * expm1(next - t), noise);
    }

    private Planes noise(Planes x, float t) {
        float sigma = LogTime.sigma(t);
        return Euler.slope(x, denoiser.denoise(x, sigma), sigma);
    }
}
