package giga.cli;

import giga.redraw.Geometry;
import giga.redraw.Layout;
import giga.redraw.Request.Seams;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where tiles lie, and whether the places where they met are drawn once more. */
final class GeometryOptions {
    enum Switch {
        ON,
        OFF
    }

    @Option(
            names = "--layout",
            paramLabel = "even|giga|usdu",
            description =
                    "Where tiles lie: spread evenly, or as Gigadiffusion or Ultimate SD Upscale lay them, with their"
                            + " padding, blur and order. [even]")
    private Layout layout = Layout.EVEN;

    @Option(
            names = "--redraw",
            paramLabel = "on|off",
            description = "off leaves the tiles alone and draws the seams only; with --scale 1 of a picture that was"
                    + " redrawn in such tiles before. [on]")
    private Switch redraw = Switch.ON;

    @Option(
            names = "--seams",
            paramLabel = "none|band|half|half+corners",
            description = "Draw the places where tiles met once more: in strips along the borders, in tiles shifted by"
                    + " half of one, or in those and once more where borders cross. [none]")
    private Seams.Mode seams = Seams.Mode.NONE;

    @Option(
            names = "--seams-denoise",
            paramLabel = "0..1",
            description = "Denoise strength there. [0.35 for bands, else 0.45]")
    Optional<Double> denoise;

    @Option(
            names = "--seams-padding",
            paramLabel = "PX",
            description =
                    "What a seam's tile sees beyond its own part, a multiple of 8. [32 for bands, else --padding]")
    private Optional<Integer> padding;

    @Option(
            names = "--seams-blur",
            paramLabel = "PX",
            description = "How far bands fade out, and tiles along a border blend. [4 for bands, else --blur]")
    private Optional<Integer> blur;

    @Option(
            names = "--seams-width",
            paramLabel = "PX",
            description = "How much is drawn anew across a border, a multiple of 4. [64 for bands, else --tile]")
    private Optional<Integer> width;

    Geometry geometry() {
        return new Geometry(layout, redraw == Switch.ON, seams, padding, blur, width);
    }
}
