package giga.redraw;

import static giga.redraw.JobException.check;

import giga.redraw.Request.Seams;
import java.util.Optional;

/**
 * Wishes for how tiles lie and how the places are treated where they met. What is left open for seams comes from the
 * predecessors: bands from Ultimate SD Upscale, half tiles from Gigadiffusion.
 *
 * @param redraw whether tiles are drawn at all, or seams alone
 * @param padding of the seams; likewise their blur and width, see {@link Request.Seams}
 */
public record Geometry(
        Layout layout,
        boolean redraw,
        Seams.Mode seams,
        Optional<Integer> padding,
        Optional<Integer> blur,
        Optional<Integer> width) {
    /** Tiles that are spread evenly, without seam passes. */
    public static final Geometry PLAIN =
            new Geometry(Layout.EVEN, true, Seams.Mode.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    private static final double BAND_DENOISE = 0.35;
    private static final int BAND_PADDING = 32;
    private static final int BAND_BLUR = 4;
    private static final int BAND_WIDTH = 64;
    private static final double HALF_DENOISE = 0.45;

    /**
     * The seams of a redraw in such tiles.
     *
     * @param wanted denoise strength that somebody asked for
     * @param usual denoise strength that the model recommends
     * @throws JobException when something is said about seams that there are not
     */
    Seams seams(Request.Tiling tiling, Optional<Double> wanted, Optional<Double> usual) {
        Optional<Double> denoise = wanted.or(() -> usual);
        return switch (seams) {
            case NONE -> {
                refuseUseless("denoise", wanted);
                refuseUseless("padding", padding);
                refuseUseless("blur", blur);
                refuseUseless("width", width);
                yield Seams.NONE;
            }
            case BAND ->
                seams(
                        tiling,
                        denoise.orElse(BAND_DENOISE),
                        Math.min(BAND_PADDING, tiling.tile()),
                        BAND_BLUR,
                        BAND_WIDTH);
            case HALF, HALF_CORNERS ->
                seams(tiling, denoise.orElse(HALF_DENOISE), tiling.padding(), tiling.blur(), tiling.tile());
        };
    }

    /** A blur that nobody asked for gives way to a narrow seam. */
    private Seams seams(Request.Tiling tiling, double denoise, int usualPadding, int usualBlur, int usualWidth) {
        int seen = padding.orElse(usualPadding);
        int across = width.orElse(usualWidth);
        int widest = Math.max(0, Seams.widestBlur(seams, tiling.tile(), seen, across));
        return new Seams(seams, denoise, seen, blur.orElse(Math.min(usualBlur, widest)), across);
    }

    private static void refuseUseless(String what, Optional<?> given) {
        check(
                given.isEmpty(),
                "seams-%s %s is of no use without seams: give seams band, half or half+corners, or leave it out",
                what,
                given.map(Object::toString).orElse(""));
    }
}
