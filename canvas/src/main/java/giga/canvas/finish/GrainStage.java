package giga.canvas.finish;

/** Adds grain to a tile. */
final class GrainStage implements Stage {
    /** Of a Gaussian, from half its height to half its height. */
    private static final double WIDTHS_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

    private final WhiteNoise noise;
    private final Gaussian blur;
    private final float scale;
    private float[] white = {};
    private float[] grain = {};
    private int[] change = {};

    GrainStage(Grain grain) {
        this.noise = new WhiteNoise(grain.seed());
        this.blur = new Gaussian(grain.size() / WIDTHS_PER_SIGMA);
        this.scale = (float) (2 * Tile.ONE * grain.amount() / (blur.noiseLeft() * WhiteNoise.DEVIATION));
    }

    @Override
    public void apply(Tile tile) {
        int margin = blur.reach();
        int width = tile.stride() - 2 * tile.rim();
        int height = tile.rows() - 2 * tile.rim();
        int stride = width + 2 * margin;
        int rows = height + 2 * margin;
        if (white.length < stride * rows) {
            white = new float[stride * rows];
            grain = new float[stride * rows];
        }
        if (change.length < tile.stride() * tile.rows()) change = new int[tile.stride() * tile.rows()];
        for (int row = 0; row < rows; row++)
            noise.row(
                    tile.x() + tile.rim() - margin, tile.y() + tile.rim() - margin + row, white, row * stride, stride);
        blur.blur(white, grain, stride, rows, 0);
        for (int row = 0; row < height; row++) {
            int first = tile.first(tile.rim() + row);
            int end = first + width;
            tile.luma(change, first, end);
            weigh(change, first, end, grain, (row + margin) * stride + margin - first, scale);
            tile.add(change, first, end);
        }
    }

    /** Turns luma into what is to be added. */
    private static void weigh(int[] luma, int first, int end, float[] grain, int ahead, float scale) {
        for (int i = first; i < end; i++) {
            float covered = luma[i] * (1f / Tile.WHITE);
            luma[i] = (int) (scale * grain[i + ahead] * (float) Math.sqrt(covered * (1 - covered)));
        }
    }
}
