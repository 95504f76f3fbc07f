package giga.redraw;

import java.util.List;

/** Requests for tests: everything that geometry does not read is fixed. */
public final class TestRequests {
    private TestRequests() {}

    static Request of(Request.Tiling tiling, int passes, double scale) {
        return of(passes, pass(tiling, Request.Seams.NONE, scale, true));
    }

    static Request of(int passes, PassSettings each) {
        return new Request("/in.png", "/out.png", Result.PLAIN, passes, each);
    }

    static PassSettings pass(Request.Tiling tiling, Request.Seams seams, double scale, boolean redraw) {
        return pass(diffusion("/model.safetensors", "a painting"), tiling, seams, scale, redraw);
    }

    /** Enlarged by Lanczos. */
    public static PassSettings pass(
            Diffusion diffusion, Request.Tiling tiling, Request.Seams seams, double scale, boolean redraw) {
        return new PassSettings(scale, redraw, Upscaling.LANCZOS, diffusion, tiling, seams);
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
