package giga.diffusion.sampler;

/** The symmetric beta distribution with both parameters {@code a}, from its power series. */
final class BetaDistribution {
    private static final int TERMS = 200;
    private static final int HALVINGS = 200;

    private final double a;
    private final double half;

    BetaDistribution(double a) {
        this.a = a;
        half = 2 * integral(0.5);
    }

    /** The value below which a share {@code p} of the distribution lies. */
    double quantile(double p) {
        return p > 0.5 ? 1 - lowerQuantile(1 - p) : lowerQuantile(p);
    }

    private double lowerQuantile(double p) {
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) break;
            if (integral(middle) / half < p) low = middle;
            else high = middle;
        }
        return p == 0 ? 0 : high;
    }

    /** ∫ t^(a−1)·(1−t)^(a−1) dt from 0 to x, for x up to 1/2. */
    private double integral(double x) {
        double sum = 0;
        double coefficient = 1;
        for (int n = 0; n < TERMS; n++) {
            sum += coefficient / (a + n);
            coefficient *= (n + 1 - a) / (n + 1) * x;
            if (coefficient < 1e-18) break;
        }
        return sum * StrictMath.pow(x, a);
    }
}
