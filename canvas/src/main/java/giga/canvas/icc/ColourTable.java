package giga.canvas.icc;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;

/**
 * A function of 8-bit RGB colours remembered for all 16.7 million of them, in cubes of 512 that are filled when one of
 * their colours is asked for. So each colour costs the full calculation once, without the error of interpolation, and a picture a look-up a
 * pixel. At most 64 MiB.
 */
final class ColourTable {
    private static final int BITS = 3;
    private static final int REST = 8 - BITS;
    private static final int SIDE = 1 << BITS;
    private static final int COLOURS = SIDE * SIDE * SIDE;

    private final AtomicReferenceArray<int[]> cubes = new AtomicReferenceArray<>(1 << 3 * REST);
    private final UnaryOperator<byte[]> function;
    private final int channels;

    /**
     * @param channels of the result, 1 to 4
     * @param function of interleaved colours to interleaved results, called on several threads
     */
    ColourTable(int channels, UnaryOperator<byte[]> function) {
        this.channels = channels;
        this.function = function;
    }

    /** The results for interleaved colours, interleaved. */
    byte[] map(byte[] rgb) {
        byte[] result = new byte[rgb.length / 3 * channels];
        int last = -1;
        int[] cube = {};
        for (int from = 0, to = 0; from < rgb.length; from += 3, to += channels) {
            int r = rgb[from] & 0xFF;
            int g = rgb[from + 1] & 0xFF;
            int b = rgb[from + 2] & 0xFF;
            int index = (r >> BITS) << 2 * REST | (g >> BITS) << REST | b >> BITS;
            if (index != last) {
                cube = cube(index);
                last = index;
            }
            int value = cube[(r & SIDE - 1) << 2 * BITS | (g & SIDE - 1) << BITS | b & SIDE - 1];
            for (int c = 0; c < channels; c++, value >>>= 8) result[to + c] = (byte) value;
        }
        return result;
    }

    private int[] cube(int index) {
        int[] cube = cubes.getAcquire(index);
        if (cube == null) {
            cube = filled(index);
            cubes.setRelease(index, cube);
        }
        return cube;
    }

    private int[] filled(int index) {
        byte[] colours = new byte[3 * COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            for (int c = 0; c < 3; c++) {
                int high = index >> (2 - c) * REST & (1 << REST) - 1;
                int low = i >> (2 - c) * BITS & SIDE - 1;
                colours[3 * i + c] = (byte) (high << BITS | low);
            }
        }
        byte[] results = function.apply(colours);
        int[] cube = new int[COLOURS];
        for (int i = 0; i < COLOURS; i++)
            for (int c = 0; c < channels; c++) cube[i] |= (results[channels * i + c] & 0xFF) << 8 * c;
        return cube;
    }
}
