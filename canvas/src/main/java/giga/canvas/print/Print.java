package giga.canvas.print;

import giga.canvas.PictureException;
import giga.canvas.icc.Intent;
import giga.canvas.output.TiffCompression;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a picture is printed: everything that decides the bytes of the file.
 *
 * @param paper as {@link PaperSize#parse} reads it, turned as the picture lies; "" for a sheet that the pixels fill at {@code dpi}
 * @param dpi dots per inch; 0 for as many as the picture's pixels give on the paper, or, without paper, as its file says
 * @param fit how the picture lies on the paper
 * @param bleed how far the picture goes beyond the cut, as {@link Length#parse} reads it; "" for not at all
 * @param marks whether lines show where to cut
 * @param icc the file of the printer's profile; "" for the colours that the picture has
 * @param sourceIcc the file of the profile that the picture's samples are meant in, {@value #SRGB}, or "" for what the picture says
 * @param intent how colours get to the printer
 * @param blackPoint whether black becomes the printer's darkest (ISO 18619)
 * @param proof whether the file shows on a screen how the print will look, instead of going to the printer
 * @param compression of a TIFF
 */
public record Print(
        String paper,
        double dpi,
        Fit fit,
        String bleed,
        boolean marks,
        String icc,
        String sourceIcc,
        Intent intent,
        boolean blackPoint,
        boolean proof,
        TiffCompression compression) {
    /** For {@code sourceIcc}: what pictures without a profile are. */
    public static final String SRGB = "srgb";

    private static final double MOST_DPI = 65_535;
    private static final double MOST_BLEED_INCHES = 10;

    /** How a picture lies on paper of another shape. */
    public enum Fit {
        /** It covers the paper, and is cut where it stands over. */
        FILL,
        /** All of it is on the paper, with white at two sides. */
        WHOLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Print {
        if (!paper.isEmpty()) PaperSize.parse(paper);
        if (dpi != 0 && !(dpi >= 1 && dpi <= MOST_DPI))
            throw new PictureException(Length.number(dpi) + " dpi: give 1 to " + Length.number(MOST_DPI) + ".");
        if (bleedInches(bleed) > MOST_BLEED_INCHES)
            throw new PictureException(
                    "Bleed '" + bleed + "': give " + Length.number(MOST_BLEED_INCHES) + "in at most.");
        if (proof && icc.isEmpty())
            throw new PictureException(
                    "A proof shows what a printer does to the colours: name its profile, with --icc.");
    }

    private static double bleedInches(String bleed) {
        if (bleed.isEmpty() || bleed.strip().matches("0+(\\.0*)?\\s*[A-Za-z]*")) return 0;
        try {
            return Length.parse(bleed).inches();
        } catch (PictureException e) {
            throw new PictureException("Bleed " + e.getMessage() + ".", e);
        }
    }

    /** The same, its profiles found also from elsewhere. @throws PictureException when one cannot be a path */
    public Print absolute() {
        boolean named = sourceIcc.isEmpty() || sourceIcc.equalsIgnoreCase(SRGB);
        return new Print(
                paper,
                dpi,
                fit,
                bleed,
                marks,
                icc.isEmpty() ? icc : absolute(icc),
                named ? sourceIcc : absolute(sourceIcc),
                intent,
                blackPoint,
                proof,
                compression);
    }

    private static String absolute(String file) {
        try {
            return Path.of(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw new PictureException("'" + file + "' cannot be the file of a profile: " + e.getReason() + ".", e);
        }
    }

    /** The files of the profiles that it names. */
    public List<String> profiles() {
        return Stream.of(icc, sourceIcc)
                .filter(file -> !file.isEmpty() && !file.equalsIgnoreCase(SRGB))
                .toList();
    }

    double bleedInches() {
        return bleedInches(bleed);
    }
}
