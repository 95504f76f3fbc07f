package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

/**
 * What makes a picture larger before it is redrawn.
 *
 * @param file the network's, as an absolute path; empty for Lanczos
 * @param weak file of a second network of the same shape that is mixed in; empty for none
 * @param strength share of the first in the mixture
 * @param precision f32, bf16 or fp16. Against f32, bf16 was off by at most 1 (animevideov3), 3 (general) and 18 (general-wdn)
 *     grey levels on a painting, so f32 is usual
 */
public record Upscaling(String file, String weak, double strength, String precision) {
    public static final Upscaling LANCZOS = new Upscaling("", "", 1, "f32");

    public Upscaling {
        given("upscaler's file", file);
        given("upscaler's second file", weak);
        given("upscaler's precision", precision);
        check(strength >= 0 && strength <= 1, "upscaler-strength %s: give 0 to 1", strength);
        check(
                weak.isEmpty() || !file.isEmpty(),
                "upscaler %s: there is nothing to mix it with; name both files or none",
                weak);
    }

    public boolean byLanczos() {
        return file.isEmpty();
    }
}
