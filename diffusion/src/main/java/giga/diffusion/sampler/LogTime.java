package giga.diffusion.sampler;

/**
 * t = −ln σ, the time of exponential integrators, in float32 as the reference has it: at high sigmas its Brownian path
 * would be another one a rounding away.
 */
final class LogTime {
    private LogTime() {}

    static float of(float sigma) {
        return (float) -StrictMath.log(sigma);
    }

    static float sigma(float time) {
        return (float) StrictMath.exp(-time);
    }

    /** e^x − 1 */
    static float expm1(float x) {
        return (float) StrictMath.expm1(x);
    }
}
