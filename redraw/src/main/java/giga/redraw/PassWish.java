package giga.redraw;

import java.util.List;

/**
 * What somebody wants of a pass, before the model's recommendation and giga's defaults complete it.
 *
 * @param settings with gaps
 * @param geometry where tiles lie, and what becomes of the seams
 * @param loras merged into the model's weights
 * @param batch auto or a number
 */
public record PassWish(
        Diffusion.Model model,
        Settings settings,
        Geometry geometry,
        Join join,
        Upscaling upscaler,
        Diffusion.Tuning tuning,
        List<Diffusion.Lora> loras,
        String batch) {
    /** One of the plainest kind. */
    public PassWish(Diffusion.Model model, Settings settings, Diffusion.Tuning tuning, List<Diffusion.Lora> loras) {
        this(model, settings, Geometry.PLAIN, Join.PIXELS, Upscaling.LANCZOS, tuning, loras, "auto");
    }
}
