package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.icc.Intent;
import giga.canvas.output.TiffCompression;
import giga.canvas.print.Print;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a picture gets onto paper. */
final class PrintOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--paper",
            paramLabel = "SIZE",
            description = {
                "8.5x11in, 210x297mm, 8x10ft, A4, letter; turned as the picture lies.",
                "Default: as large as the pixels come to at --dpi."
            })
    private String paper = "";

    @Option(
            names = "--dpi",
            paramLabel = "N",
            description = {
                "Dots per inch; the picture is brought to that by Lanczos.",
                "Default: what its pixels come to on the paper, without resampling."
            })
    private double dpi;

    @Option(
            names = "--fit",
            paramLabel = "fill|whole",
            description = "fill covers the paper and cuts what stands over; whole leaves white at two sides. [fill]")
    private Print.Fit fit = Print.Fit.FILL;

    @Option(
            names = "--bleed",
            paramLabel = "LENGTH",
            description = "How far the picture goes beyond the cut, as 3mm: what was cut off, or its mirror image. [0]")
    private String bleed = "";

    @Option(names = "--marks", description = "Lines around that show where to cut.")
    private boolean marks;

    @Option(
            names = "--icc",
            paramLabel = "PROFILE",
            description = "The printer's colours: RGB, CMYK or grey. Default: those of the picture.")
    private String icc = "";

    @Option(
            names = "--source-icc",
            paramLabel = "PROFILE|srgb",
            description = "What the picture's RGB means, instead of what it says itself.")
    private String sourceIcc = "";

    @Option(
            names = "--intent",
            paramLabel = "perceptual|relative|saturation|absolute",
            description = "How colours get to the printer. [relative]")
    private Intent intent = Intent.RELATIVE;

    @Option(names = "--bpc", description = "Black point compensation: black becomes the printer's darkest.")
    private boolean blackPoint;

    @Option(
            names = "--proof",
            description = "Soft proof: what the print will look like, in sRGB, instead of what goes to the printer.")
    private boolean proof;

    /**
     * @param compression of a TIFF
     * @throws ParameterException where the options cannot be used
     */
    Print print(TiffCompression compression) {
        try {
            return new Print(paper, dpi, fit, bleed, marks, icc, sourceIcc, intent, blackPoint, proof, compression);
        } catch (PictureException e) {
            throw new ParameterException(command.commandLine(), e.getMessage().replaceFirst("\\.$", ""), e);
        }
    }
}
