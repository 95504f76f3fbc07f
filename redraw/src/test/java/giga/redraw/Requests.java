package giga.redraw;

/** Requests for tests: everything that geometry does not read is fixed. */
final class Requests {
    private Requests() {}

    static Request of(Request.Tiling tiling, int passes, double scale) {
        return new Request(
                "/in.png",
                "/out.png",
                "/model.safetensors",
                new Request.Prompts("a painting", "", 1),
                new Request.Sampling("DPM++ SDE", "Karras", 20, 6, 0.4, 1, "f32"),
                tiling,
                new Request.Passes(passes, scale));
    }

    /** The poster recipe's tiles. */
    static Request.Tiling poster(int blur) {
        return new Request.Tiling(768, 128, blur, Request.Order.CHESS, 16, 1);
    }
}
