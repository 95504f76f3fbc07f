package giga.redraw;

import java.util.List;

/** Requests for tests: everything that geometry does not read is fixed. */
public final class TestRequests {
    private TestRequests() {}

    static Request of(Request.Tiling tiling, int passes, double scale) {
        return of(tiling, Request.Seams.NONE, new Request.Passes(passes, scale));
    }

    static Request of(Request.Tiling tiling, Request.Seams seams, Request.Passes passes) {
        return new Request("/in.png", "/out.png", diffusion("/model.safetensors", "a painting"), tiling, seams, passes);
    }

    public static Diffusion diffusion(String model, String prompt) {
        return new Diffusion(
                new Diffusion.Model(model, "", "", "auto", "f32", "cpu"),
                new Diffusion.Prompts(prompt, "", 1, "Original"),
                new Diffusion.Sampling("DPM++ SDE", "Karras", 20, 6, 0.4, Diffusion.Tuning.NONE),
                new Diffusion.Noise(Diffusion.Noise.Kind.POSITION, 1, 0, 0),
                List.of());
    }

    /** The poster recipe's tiles. */
    static Request.Tiling poster(int blur) {
        return new Request.Tiling(768, 128, blur, Request.Order.CHESS, 16, 1);
    }
}
