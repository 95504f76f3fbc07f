package giga.diffusion.noise;

import giga.diffusion.Planes;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Noise that belongs to places of the picture, not to tiles: the value at latent position (x, y), channel and number is
 * a pure function of them, the seed and the pass. Overlapping tiles so get the same noise where they overlap, and no
 * tile depends on how tiles are batched or ordered.
 *
 * <p>One {@link Philox4x32} block gives the normals of four channels of one position. Its key is the seed, its counter
 * is packed without collision:
 *
 * <pre>
 * word 0   x, any int
 * word 1   y, any int
 * word 2   pass (16 bits) | channel / 4 (16 bits)
 * word 3   kind (1 bit: 0 draw, 1 interval of a Brownian path) | number of the draw or interval (31 bits)
 * </pre>
 *
 * @param pass which redraw of the picture, 0 to 65535: each has noise of its own
 * @param x left side in latent pixels of the whole picture, may be negative
 * @param y upper side
 */
public record PositionNoise(long seed, int pass, int x, int y, int channels, int height, int width)
        implements NoiseSource {
    private static final int MAX_PASS = 0xFFFF;
    private static final int MAX_CHANNELS = 4 << 16;
    private static final int DRAW = 0;
    private static final int INTERVAL = 1 << 31;

    public PositionNoise {
        if (pass < 0 || pass > MAX_PASS) throw new IllegalArgumentException("pass " + pass + " of 0 to " + MAX_PASS);
        if (channels <= 0 || channels > MAX_CHANNELS || height <= 0 || width <= 0)
            throw new IllegalArgumentException("noise of [%d, %d, %d]".formatted(channels, height, width));
        if ((long) x + width - 1 > Integer.MAX_VALUE || (long) y + height - 1 > Integer.MAX_VALUE)
            throw new IllegalArgumentException("noise at %d, %d is beyond the counter".formatted(x, y));
    }

    @Override
    public Planes draw(int number) {
        return normals(DRAW, number);
    }

    @Override
    public Brownian brownian(float[] sigmas) {
        return new IntervalPath(sigmas, interval -> normals(INTERVAL, interval));
    }

    private Planes normals(int kind, int number) {
        if (number < 0) throw new IllegalArgumentException("number " + number);
        int plane = Math.multiplyExact(height, width);
        int blocks = Math.ceilDiv(channels, 4);
        float[] values = new float[Math.multiplyExact(4 * blocks, plane)];
        // A GPU waits while noise is made, so all cores make it; each value has one writer.
        IntStream.range(0, height).parallel().forEach(row -> {
            int[] words = new int[4];
            for (int block = 0; block < blocks; block++) {
                int at = 4 * block * plane + row * width;
                for (int column = 0; column < width; column++, at++) {
                    Philox4x32.block(x + column, y + row, pass << 16 | block, kind | number, seed, words);
                    BoxMuller.pair(words[0], words[1], values, at, plane);
                    BoxMuller.pair(words[2], words[3], values, at + 2 * plane, plane);
                }
            }
        });
        int size = channels * plane;
        return new Planes(1, channels, height, width, size == values.length ? values : Arrays.copyOf(values, size));
    }
}
