package giga.canvas.finish;

/** Sharpens a tile. */
final class SharpenStage implements Stage {
    private final Sharpening sharpening;
    private final Gaussian blur;
    private final Deconvolution deconvolution;
    private final LocalRange range;
    private float[] luma = {};
    private float[] other = {};

    SharpenStage(Sharpening sharpening) {
        this.sharpening = sharpening;
        this.blur = new Gaussian(sharpening.radius());
        this.deconvolution = new Deconvolution(blur);
        this.range = new LocalRange(Math.max(1, (int) Math.round(sharpening.radius())));
    }

    @Override
    public int reach() {
        return switch (sharpening.method()) {
            case UNSHARP -> blur.reach();
            case GUARDED -> Math.max(blur.reach(), range.reach());
            case RICHARDSON_LUCY -> deconvolution.reach();
        };
    }

    @Override
    public void apply(Tile tile) {
        int stride = tile.stride();
        int rows = tile.rows();
        if (luma.length < stride * rows) {
            luma = new float[stride * rows];
            other = new float[stride * rows];
        }
        for (int row = tile.rim(); row < rows - tile.rim(); row++) tile.luma(luma, tile.first(row), tile.end(row));
        boolean deconvolves = sharpening.method() == Sharpening.Method.RICHARDSON_LUCY;
        boolean guarded = sharpening.method() != Sharpening.Method.UNSHARP;
        if (deconvolves) deconvolution.apply(luma, other, stride, rows, tile.rim());
        else blur.blur(luma, other, stride, rows, tile.rim());
        if (guarded) range.find(luma, stride, rows, tile.rim());
        float amount = (float) (deconvolves ? -sharpening.amount() : sharpening.amount());
        tile.leave(reach());
        for (int row = tile.rim(); row < rows - tile.rim(); row++) {
            int first = tile.first(row);
            int end = tile.end(row);
            change(luma, other, first, end, amount, (float) sharpening.threshold());
            if (guarded) range.hold(luma, other, first, end);
            tile.add(other, first, end);
        }
    }

    /** Turns the other plane into what is to be added. */
    private static void change(float[] luma, float[] other, int first, int end, float amount, float threshold) {
        for (int i = first; i < end; i++) {
            float difference = luma[i] - other[i];
            float small = Math.max(-threshold, Math.min(threshold, difference));
            other[i] = amount * (difference - small);
        }
    }
}
