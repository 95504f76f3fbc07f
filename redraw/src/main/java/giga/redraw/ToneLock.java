package giga.redraw;

import giga.diffusion.Planes;
import java.util.Arrays;

/**
 * Keeps colour and light of the source and lets the networks change texture alone: the generated tile's low frequencies
 * are replaced by the source's,
 *
 * <pre>out = generated − blur(generated) + blur(source)</pre>
 *
 * where blur is a Gaussian of standard deviation r/2 in both directions, taps −⌈1.5r⌉ to ⌈1.5r⌉, normalised, rim pixels
 * repeated. A blur is linear, so one of the difference is enough: out = generated − blur(generated − source).
 */
public final class ToneLock {
    private final float[] taps;

    /** @param radius r in pixels; 0 lets the networks change everything */
    public ToneLock(int radius) {
        if (radius < 0) throw new IllegalArgumentException("radius " + radius);
        taps = taps(radius);
    }

    /**
     * The locked tile, in the unit of both pictures, neither rounded nor cut to its range.
     *
     * @param generated [batch, channels, height, width], the decoded tiles
     * @param source [batch, channels, height, width], what the tiles were made from
     */
    public Planes apply(Planes generated, Planes source) {
        if (generated.batch() != source.batch()
                || generated.channels() != source.channels()
                || generated.height() != source.height()
                || generated.width() != source.width())
            throw new IllegalArgumentException("generated and source tile differ in size");
        if (taps.length == 1) return generated;
        Planes locked = new Planes(generated.batch(), generated.channels(), generated.height(), generated.width());
        int plane = generated.height() * generated.width();
        for (int from = 0; from < locked.values().length; from += plane) {
            float[][] difference = new float[generated.height()][generated.width()];
            for (int y = 0, i = from; y < difference.length; y++) {
                for (int x = 0; x < difference[y].length; x++, i++)
                    difference[y][x] = generated.values()[i] - source.values()[i];
            }
            float[][] blurred = blurDownTransposed(blurDownTransposed(difference));
            for (int y = 0, i = from; y < blurred.length; y++) {
                for (int x = 0; x < blurred[y].length; x++, i++)
                    locked.values()[i] = generated.values()[i] - blurred[y][x];
            }
        }
        return locked;
    }

    /**
     * Blurs down the columns and turns rows into columns, so that doing it twice blurs both ways. Whole rows are added to
     * each other at one index: the form of a loop that the JVM turns into vector instructions.
     */
    private float[][] blurDownTransposed(float[][] rows) {
        int height = rows.length;
        float[][] columns = new float[rows[0].length][height];
        float[] sum = new float[columns.length];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sum, 0);
            add(taps[0] / 2, rows[y], rows[y], sum);
            for (int tap = 1; tap < taps.length; tap++)
                add(taps[tap], rows[Math.max(y - tap, 0)], rows[Math.min(y + tap, height - 1)], sum);
            for (int x = 0; x < sum.length; x++) columns[x][y] = sum[x];
        }
        return columns;
    }

    private static void add(float weight, float[] above, float[] below, float[] sum) {
        for (int x = 0; x < sum.length; x++) sum[x] += weight * (above[x] + below[x]);
    }

    /** Weights of the pixels at distance 0, 1, … */
    private static float[] taps(int radius) {
        int reach = (3 * radius + 1) / 2;
        double[] bell = new double[reach + 1];
        double sum = 0;
        for (int i = 0; i <= reach; i++) {
            double deviations = i / (radius / 2.0);
            bell[i] = i == 0 ? 1 : StrictMath.exp(-deviations * deviations / 2);
            sum += i == 0 ? 1 : 2 * bell[i];
        }
        float[] taps = new float[reach + 1];
        for (int i = 0; i <= reach; i++) taps[i] = (float) (bell[i] / sum);
        return taps;
    }
}
