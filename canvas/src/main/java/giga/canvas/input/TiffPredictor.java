package giga.canvas.input;

import java.nio.ByteOrder;

/** Horizontal differencing (TIFF 6.0, section 14): what is stored of a sample is its difference to the one of the pixel before. */
final class TiffPredictor {
    private TiffPredictor() {}

    static void undo(byte[] samples, TiffLayout layout, int rows, ByteOrder order) {
        int step = layout.channelsTogether() * layout.sampleBytes();
        int high = order == ByteOrder.BIG_ENDIAN ? 0 : 1;
        for (int row = 0; row < rows; row++) {
            int start = row * layout.rowBytes();
            int end = start + layout.rowBytes();
            if (step == 3) undoTriples(samples, start, end);
            else if (layout.sampleBytes() == 1)
                for (int i = start + step; i < end; i++) samples[i] += samples[i - step];
            else
                for (int i = start + step; i < end; i += 2) {
                    int sum = number(samples, i, high) + number(samples, i - step, high);
                    samples[i + high] = (byte) (sum >> 8);
                    samples[i + 1 - high] = (byte) sum;
                }
        }
    }

    /** The usual case, twice as fast with its sums out of memory. */
    private static void undoTriples(byte[] samples, int start, int end) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = start; i < end; i += 3) {
            samples[i] = (byte) (red += samples[i]);
            samples[i + 1] = (byte) (green += samples[i + 1]);
            samples[i + 2] = (byte) (blue += samples[i + 2]);
        }
    }

    private static int number(byte[] samples, int at, int high) {
        return (samples[at + high] & 0xFF) << 8 | samples[at + 1 - high] & 0xFF;
    }
}
