package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import giga.canvas.Region;
import giga.canvas.output.TiffCompression;

/**
 * What becomes of the picture after its last pass, on its way into the file.
 *
 * @param width in pixels, to which it is brought by Lanczos at last; 0 for as the last pass leaves it
 * @param height likewise
 * @param dpi stated in the file; 0 for that of the source
 * @param compression of a TIFF
 */
public record Result(int width, int height, double dpi, TiffCompression compression) {
    /** As the last pass leaves it. */
    public static final Result PLAIN = new Result(0, 0, 0, TiffCompression.DEFLATE);

    public Result {
        given("compression", compression);
        check(
                width >= 0 && height >= 0 && (width == 0) == (height == 0),
                "a result of %dx%d pixels: give both sides, or none",
                width,
                height);
        check(dpi == 0 || dpi >= 1 && dpi <= 65535, "dpi %s: give 1 to 65535", dpi);
    }

    /** Its size, where the last pass leaves this canvas. */
    public Region size(Region canvas) {
        return width == 0 ? canvas : new Region(0, 0, width, height);
    }

    public Result sized(int wide, int high) {
        return new Result(wide, high, dpi, compression);
    }

    public Result compressed(TiffCompression tiff) {
        return new Result(width, height, dpi, tiff);
    }

    public Result at(double resolution) {
        return new Result(width, height, resolution, compression);
    }
}
