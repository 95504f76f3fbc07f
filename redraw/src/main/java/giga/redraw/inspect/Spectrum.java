package giga.redraw.inspect;

/** Radial power of a square block of luma: two-dimensional fast Fourier transform under a Hann window. */
final class Spectrum {
    private final int side;
    private final double[] window;
    private final double[] cosine;
    private final double[] sine;

    /** @param side of the blocks in pixels, a power of two */
    Spectrum(int side) {
        if (side < 8 || Integer.bitCount(side) != 1) throw new IllegalArgumentException("block side " + side);
        this.side = side;
        window = new double[side];
        cosine = new double[side];
        sine = new double[side];
        for (int i = 0; i < side; i++) {
            double angle = 2 * Math.PI * i / side;
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / side);
            cosine[i] = Math.cos(angle);
            sine[i] = Math.sin(angle);
        }
    }

    /**
     * Mean power of the frequencies from a quarter of a cycle (not included) to half a cycle per pixel, in any direction.
     * White noise of variance v has power v.
     *
     * @param luma [side, side], row by row
     */
    double topOctave(double[] luma) {
        double mean = 0;
        for (double value : luma) mean += value / luma.length;
        double[] real = new double[side * side];
        double[] imaginary = new double[side * side];
        double energy = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double weight = window[x] * window[y];
                energy += weight * weight;
                real[y * side + x] = (luma[y * side + x] - mean) * weight;
            }
        }
        for (int i = 0; i < side; i++) transform(real, imaginary, i * side, 1);
        for (int i = 0; i < side; i++) transform(real, imaginary, i, side);
        return meanPower(real, imaginary) / energy;
    }

    private double meanPower(double[] real, double[] imaginary) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                long fx = Math.min(x, side - x);
                long fy = Math.min(y, side - y);
                double radius = Math.sqrt(fx * fx + fy * fy) / side;
                if (radius <= 0.25 || radius > 0.5) continue;
                int i = y * side + x;
                sum += real[i] * real[i] + imaginary[i] * imaginary[i];
                count++;
            }
        }
        return sum / count;
    }

    /** Cooley and Tukey's radix-2 transform in place, of the values at {@code start + i * step}. */
    private void transform(double[] real, double[] imaginary, int start, int step) {
        reverseBits(real, imaginary, start, step);
        for (int length = 2; length <= side; length *= 2) {
            int stride = side / length;
            for (int group = 0; group < side; group += length)
                for (int k = 0; k < length / 2; k++)
                    butterfly(
                            real,
                            imaginary,
                            start + (group + k) * step,
                            length / 2 * step,
                            cosine[k * stride],
                            -sine[k * stride]);
        }
    }

    private static void butterfly(double[] real, double[] imaginary, int a, int distance, double c, double s) {
        int b = a + distance;
        double r = real[b] * c - imaginary[b] * s;
        double i = real[b] * s + imaginary[b] * c;
        real[b] = real[a] - r;
        imaginary[b] = imaginary[a] - i;
        real[a] += r;
        imaginary[a] += i;
    }

    private void reverseBits(double[] real, double[] imaginary, int start, int step) {
        int shift = Integer.numberOfLeadingZeros(side) + 1;
        for (int i = 0; i < side; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j <= i) continue;
            swap(real, start + i * step, start + j * step);
            swap(imaginary, start + i * step, start + j * step);
        }
    }

    private static void swap(double[] values, int a, int b) {
        double value = values[a];
        values[a] = values[b];
        values[b] = value;
    }
}
