package giga.canvas.finish;

/** The least and the most of a plane in the square around each sample. */
final class LocalRange {
    private final int reach;
    private int[] least = {};
    private int[] most = {};
    private int[] rowLeast = {};
    private int[] rowMost = {};

    LocalRange(int reach) {
        this.reach = reach;
    }

    int reach() {
        return reach;
    }

    /** Finds it for all of a plane but a margin of {@link #reach} more than {@code rim}. */
    void find(int[] plane, int stride, int rows, int rim) {
        if (least.length < stride * rows) {
            least = new int[stride * rows];
            most = new int[stride * rows];
            rowLeast = new int[stride * rows];
            rowMost = new int[stride * rows];
        }
        for (int row = rim; row < rows - rim; row++) {
            int first = row * stride + rim + reach;
            int end = (row + 1) * stride - rim - reach;
            smallest(plane, rowLeast, first, end, 1);
            largest(plane, rowMost, first, end, 1);
        }
        for (int row = rim + reach; row < rows - rim - reach; row++) {
            int first = row * stride + rim + reach;
            int end = (row + 1) * stride - rim - reach;
            smallest(rowLeast, least, first, end, stride);
            largest(rowMost, most, first, end, stride);
        }
    }

    private void smallest(int[] in, int[] out, int first, int end, int step) {
        System.arraycopy(in, first, out, first, end - first);
        for (int i = 1; i <= reach; i++) smaller(in, out, first, end, i * step);
    }

    private void largest(int[] in, int[] out, int first, int end, int step) {
        System.arraycopy(in, first, out, first, end - first);
        for (int i = 1; i <= reach; i++) larger(in, out, first, end, i * step);
    }

    private static void smaller(int[] in, int[] out, int first, int end, int apart) {
        for (int i = first; i < end; i++) out[i] = Math.min(out[i], Math.min(in[i - apart], in[i + apart]));
    }

    private static void larger(int[] in, int[] out, int first, int end, int apart) {
        for (int i = first; i < end; i++) out[i] = Math.max(out[i], Math.max(in[i - apart], in[i + apart]));
    }

    /** Halves what of a change to a row would leave the range. */
    void hold(int[] plane, int[] change, int first, int end) {
        hold(plane, change, least, most, first, end);
    }

    private static void hold(int[] plane, int[] change, int[] least, int[] most, int first, int end) {
        for (int i = first; i < end; i++) {
            int within = Math.max(least[i] - plane[i], Math.min(most[i] - plane[i], change[i]));
            change[i] = within + (change[i] - within) / 2;
        }
    }
}
