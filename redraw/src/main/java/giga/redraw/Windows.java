package giga.redraw;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * The windows in which a latent canvas goes through the denoiser; all have one size and lie inside. They are cut anew for
 * every call: a border that moves is never seen.
 *
 * @param join shifted or average
 * @param width of the canvas in latent pixels
 * @param side of a window where the canvas is as large
 * @param overlap of neighbouring windows with {@link Join#AVERAGE}
 */
public record Windows(Join join, int width, int height, int side, int overlap) {
    // 2^32 / g and 2^32 / g² with g³ = g + 1: fractions of their multiples fill a square evenly (Roberts, "The
    // unreasonable effectiveness of quasirandom sequences", 2018). Whole numbers, so all machines agree.
    private static final long STEP_X = 0xC13FA9A9L;
    private static final long STEP_Y = 0x91E10DA5L;

    public Windows {
        if (join == Join.PIXELS || width < 1 || height < 1 || side < 1 || overlap < 0 || overlap >= side)
            throw new IllegalArgumentException(
                    "%s windows of %d, overlapping by %d, on %dx%d".formatted(join, side, overlap, width, height));
    }

    /** The windows of a canvas of width x height pixels: they are as large as what the networks see of a tile. */
    public static Windows of(Request.Tiling tiling, int width, int height) {
        Padding padded = Padding.of(width, height);
        int side = tiling.readSide() / Axis.LATENT;
        int overlap = Math.min(side - 1, (tiling.readSide() - tiling.tile()) / Axis.LATENT);
        return new Windows(
                tiling.join(), padded.paddedWidth() / Axis.LATENT, padded.paddedHeight() / Axis.LATENT, side, overlap);
    }

    /**
     * The windows of one call of the denoiser, row by row; together they cover the canvas. Shifted windows have no more in
     * common than what those at the rim get by moving inward to keep their size.
     *
     * @param call from 0
     */
    public List<Region> at(int call) {
        int[] columns = starts(width, offset(call, STEP_X));
        int[] rows = starts(height, offset(call, STEP_Y));
        List<Region> windows = new ArrayList<>();
        for (int y : rows)
            for (int x : columns) windows.add(new Region(x, y, Math.min(side, width), Math.min(side, height)));
        return windows;
    }

    /** The canvas cut into pieces of about {@code core}, without overlap. */
    public List<Region> cores(int core) {
        int columns = Math.ceilDiv(width, core);
        int rows = Math.ceilDiv(height, core);
        List<Region> cores = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int y = cut(height, row, rows);
            for (int column = 0; column < columns; column++) {
                int x = cut(width, column, columns);
                cores.add(new Region(x, y, cut(width, column + 1, columns) - x, cut(height, row + 1, rows) - y));
            }
        }
        return cores;
    }

    private static int cut(int length, int i, int count) {
        return (int) ((long) i * length / count);
    }

    /** How much a window's answer counts at a place in it, per axis; what windows share is the average by these. */
    public float weight(int place, int length) {
        if (join == Join.SHIFTED) return 1;
        // Mixture of Diffusers (Barbero Jiménez, 2023): a bell over the window of variance 0.01 of its length squared.
        double distance = (place - (length - 1) / 2.0) / length;
        return (float) Math.exp(-distance * distance / (2 * 0.01));
    }

    private int offset(int call, long step) {
        long fraction = call * step & 0xFFFFFFFFL;
        return (int) (fraction * side >>> 32);
    }

    private int[] starts(int length, int offset) {
        if (length <= side) return new int[] {0};
        return switch (join) {
            case SHIFTED -> shifted(length, offset);
            case AVERAGE -> spread(length);
            case PIXELS -> throw new AssertionError();
        };
    }

    private int[] shifted(int length, int offset) {
        int first = offset == 0 ? 0 : offset - side;
        int[] starts = new int[Math.ceilDiv(length - first, side)];
        for (int i = 0; i < starts.length; i++) starts[i] = Math.clamp(first + (long) i * side, 0, length - side);
        return starts;
    }

    private int[] spread(int length) {
        int[] starts = new int[Math.ceilDiv(length - overlap, side - overlap)];
        for (int i = 0; i < starts.length; i++) starts[i] = (int) ((long) i * (length - side) / (starts.length - 1));
        return starts;
    }
}
