package giga.canvas.finish;

/**
 * Undoes a blur (W. H. Richardson, Bayesian-Based Iterative Method of Image Restoration, 1972; L. B. Lucy, 1974): a guess is
 * multiplied, round by round, by the blurred ratio of what is there to what the guess would look like under the blur.
 */
final class Deconvolution {
    private static final int ROUNDS = 10;

    private final Gaussian blur;
    private float[] seen = {};
    private float[] factor = {};

    Deconvolution(Gaussian blur) {
        this.blur = blur;
    }

    int reach() {
        return 2 * ROUNDS * blur.reach();
    }

    /** Writes the guess for all of a plane but a margin of {@link #reach} more than {@code rim}. */
    void apply(float[] plane, float[] guess, int stride, int rows, int rim) {
        if (seen.length < stride * rows) {
            seen = new float[stride * rows];
            factor = new float[stride * rows];
        }
        for (int row = rim; row < rows - rim; row++)
            System.arraycopy(plane, row * stride + rim, guess, row * stride + rim, stride - 2 * rim);
        int left = rim;
        for (int round = 0; round < ROUNDS; round++) {
            blur.blur(guess, seen, stride, rows, left);
            left += blur.reach();
            for (int row = left; row < rows - left; row++)
                ratio(plane, seen, row * stride + left, (row + 1) * stride - left);
            blur.blur(seen, factor, stride, rows, left);
            left += blur.reach();
            for (int row = left; row < rows - left; row++)
                multiply(guess, factor, row * stride + left, (row + 1) * stride - left);
        }
    }

    /** A level on both sides keeps black from dividing by nothing. */
    private static void ratio(float[] plane, float[] seen, int first, int end) {
        for (int i = first; i < end; i++) seen[i] = (plane[i] + Tile.ONE) / (seen[i] + Tile.ONE);
    }

    private static void multiply(float[] guess, float[] factor, int first, int end) {
        for (int i = first; i < end; i++) guess[i] *= factor[i];
    }
}
