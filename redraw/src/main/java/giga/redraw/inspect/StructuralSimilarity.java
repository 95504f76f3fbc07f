package giga.redraw.inspect;

import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * SSIM of Wang, Bovik, Sheikh and Simoncelli (2004) on luma: local means, variances and covariance under a Gaussian of 11 x
 * 11 pixels with standard deviation 1.5, constants 0.01 and 0.03 of 255. Defined where the window lies in the picture.
 */
final class StructuralSimilarity {
    /** From the middle of the window to its rim. */
    static final int RADIUS = 5;

    private static final double DEVIATION = 1.5;
    private static final double[] WINDOW = window();
    private static final double C1 = Math.pow(0.01 * 255, 2);
    private static final double C2 = Math.pow(0.03 * 255, 2);

    private StructuralSimilarity() {}

    /** Where windows in a picture may have their middle; the picture has more than twice the radius a side. */
    static Region defined(Region picture) {
        return new Region(RADIUS, RADIUS, picture.width() - 2 * RADIUS, picture.height() - 2 * RADIUS);
    }

    /** Sum over all windows that lie in two equally large blocks. */
    static double sum(Pixels first, Pixels second) {
        int width = first.width();
        int height = first.height();
        int[] a = Luma.of(first);
        int[] b = Luma.of(second);
        double[] products = new double[a.length];
        double[] meanA = smooth(a, 1, products, a, width, height);
        double[] meanB = smooth(b, 1, products, b, width, height);
        double[] squareA = smooth(a, 2, products, a, width, height);
        double[] squareB = smooth(b, 2, products, b, width, height);
        double[] both = smooth(a, 2, products, b, width, height);
        double sum = 0;
        for (int i = 0; i < both.length; i++) {
            double varianceA = squareA[i] - meanA[i] * meanA[i];
            double varianceB = squareB[i] - meanB[i] * meanB[i];
            double covariance = both[i] - meanA[i] * meanB[i];
            sum += (2 * meanA[i] * meanB[i] + C1)
                    * (2 * covariance + C2)
                    / ((meanA[i] * meanA[i] + meanB[i] * meanB[i] + C1) * (varianceA + varianceB + C2));
        }
        return sum;
    }

    /** The window's mean of a (power 1) or of a * b (power 2), [height - 10, width - 10]. */
    private static double[] smooth(int[] a, int power, double[] values, int[] b, int width, int height) {
        for (int i = 0; i < values.length; i++) values[i] = power == 1 ? a[i] : (double) a[i] * b[i];
        int columns = width - 2 * RADIUS;
        double[] along = new double[columns * height];
        for (int y = 0; y < height; y++)
            for (int k = 0; k < WINDOW.length; k++)
                for (int x = 0; x < columns; x++) along[y * columns + x] += WINDOW[k] * values[y * width + x + k];
        double[] down = new double[columns * (height - 2 * RADIUS)];
        for (int y = 0; y < height - 2 * RADIUS; y++)
            for (int k = 0; k < WINDOW.length; k++)
                for (int x = 0; x < columns; x++) down[y * columns + x] += WINDOW[k] * along[(y + k) * columns + x];
        return down;
    }

    private static double[] window() {
        double[] window = new double[2 * RADIUS + 1];
        double sum = 0;
        for (int i = 0; i < window.length; i++)
            sum += window[i] = Math.exp(-0.5 * Math.pow((i - RADIUS) / DEVIATION, 2));
        for (int i = 0; i < window.length; i++) window[i] /= sum;
        return window;
    }
}
