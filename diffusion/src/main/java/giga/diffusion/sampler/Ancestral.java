package giga.diffusion.sampler;

/**
 * A step from sigma to sigmaNext as a step down and new noise, down² + up² = sigmaNext² (Song et al., "Score-based
 * generative modeling through stochastic differential equations", 2021). Eta is the share of new noise, 0 to 1.
 */
record Ancestral(float down, float up) {
    static Ancestral step(float sigma, float sigmaNext, double eta) {
        if (eta == 0) return new Ancestral(sigmaNext, 0);
        float from = sigma * sigma;
        float to = sigmaNext * sigmaNext;
        float up = Math.min(sigmaNext, (float) eta * root(to * (from - to) / from));
        return new Ancestral(root(to - up * up), up);
    }

    private static float root(float value) {
        return (float) Math.sqrt(value);
    }
}
