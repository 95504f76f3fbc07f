package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource;
import java.util.LinkedList;

/** Adams–Bashforth's method of order 4 on uneven steps, in sigma (Katherine Crowson's, in k-diffusion). */
final class LinearMultistep {
    private static final int ORDER = 4;

    private LinearMultistep() {}

    static Planes lms(Denoiser denoiser, Planes x, Sigmas sigmas, NoiseSource noise, SamplerOptions options) {
        LinkedList<Planes> slopes = new LinkedList<>();
        for (int i = 0; i < sigmas.steps(); i++) {
            slopes.addFirst(Euler.slope(x, denoiser.denoise(x, sigmas.at(i)), sigmas.at(i)));
            if (slopes.size() > ORDER) slopes.removeLast();
            for (int back = 0; back < slopes.size(); back++)
                x = Combine.plus(x, coefficient(sigmas, i, back, slopes.size()), slopes.get(back));
        }
        return x;
    }

    /** The integral over step i of the Lagrange polynomial that is 1 at the step {@code back} ago. */
    private static double coefficient(Sigmas sigmas, int i, int back, int order) {
        double middle = ((double) sigmas.at(i) + sigmas.at(i + 1)) / 2;
        double half = ((double) sigmas.at(i + 1) - sigmas.at(i)) / 2;
        // Gauss and Legendre's two points are exact up to degree 3.
        double point = half / Math.sqrt(3);
        return half
                * (lagrange(middle - point, sigmas, i, back, order) + lagrange(middle + point, sigmas, i, back, order));
    }

    private static double lagrange(double tau, Sigmas sigmas, int i, int back, int order) {
        double product = 1;
        for (int other = 0; other < order; other++)
            if (other != back)
                product *= (tau - sigmas.at(i - other)) / ((double) sigmas.at(i - back) - sigmas.at(i - other));
        return product;
    }
}
