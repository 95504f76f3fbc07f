package giga.canvas.finish;

/** Sharpens a tile. */
final class SharpenStage implements Stage {
    private final Sharpening sharpening;
    private final Gaussian blur;
    private final LocalRange range;
    private int[] luma = {};
    private float[] before = {};
    private float[] other = {};
    private int[] change = {};

    SharpenStage(Sharpening sharpening) {
        this.sharpening = sharpening;
        this.blur = new Gaussian(sharpening.radius());
        this.range = new LocalRange(Math.max(1, (int) Math.round(sharpening.radius())));
    }

    @Override
    public int reach() {
        return switch (sharpening.method()) {
            case UNSHARP -> blur.reach();
            case GUARDED -> Math.max(blur.reach(), range.reach());
        };
    }

    @Override
    public void apply(Tile tile) {
        int stride = tile.stride();
        int rows = tile.rows();
        if (luma.length < stride * rows) {
            luma = new int[stride * rows];
            before = new float[stride * rows];
            other = new float[stride * rows];
            change = new int[stride * rows];
        }
        for (int row = tile.rim(); row < rows - tile.rim(); row++) {
            tile.luma(luma, tile.first(row), tile.end(row));
            copy(luma, before, tile.first(row), tile.end(row));
        }
        boolean guarded = sharpening.method() == Sharpening.Method.GUARDED;
        blur.blur(before, other, stride, rows, tile.rim());
        if (guarded) range.find(luma, stride, rows, tile.rim());
        float amount = (float) sharpening.amount();
        int threshold = (int) Math.rint(Tile.ONE * sharpening.amount() * sharpening.threshold());
        tile.leave(reach());
        for (int row = tile.rim(); row < rows - tile.rim(); row++) {
            int first = tile.first(row);
            int end = tile.end(row);
            change(before, other, change, first, end, amount, threshold);
            if (guarded) range.hold(luma, change, first, end);
            tile.add(change, first, end);
        }
    }

    private static void copy(int[] from, float[] to, int first, int end) {
        for (int i = first; i < end; i++) to[i] = from[i];
    }

    private static void change(
            float[] before, float[] other, int[] change, int first, int end, float amount, int threshold) {
        for (int i = first; i < end; i++) {
            int difference = (int) (amount * (before[i] - other[i]));
            change[i] = difference - Math.max(-threshold, Math.min(threshold, difference));
        }
    }
}
