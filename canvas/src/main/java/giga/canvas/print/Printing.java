package giga.canvas.print;

import giga.canvas.Part;
import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.icc.Conversion;
import giga.canvas.icc.GamutMap;
import giga.canvas.icc.IccProfile;
import giga.canvas.output.Inks;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.SheetWriter;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** A print of pictures of one size and colour space: everything is found and checked before any pixel is read. */
public final class Printing {
    private final Print print;
    private final Layout layout;
    private final IccProfile source;
    private final Inks inks;

    /**
     * @param width of the picture, in pixels
     * @param height of the picture, in pixels
     * @param icc the profile of its samples; without one they are sRGB
     * @param dpi what its file says
     * @throws PictureException when the paper is too large, or a profile cannot be used
     */
    public Printing(Print print, int width, int height, Optional<byte[]> icc, OptionalDouble dpi) {
        this.print = print;
        this.layout = Layout.of(print, width, height, dpi.orElse(0));
        this.source = source(icc);
        this.inks = inks();
    }

    private IccProfile source(Optional<byte[]> own) {
        if (print.sourceIcc().equalsIgnoreCase(Print.SRGB)) return IccProfile.srgb();
        if (!print.sourceIcc().isEmpty()) return read(print.sourceIcc());
        return own.map(bytes -> IccProfile.of("The picture's own profile, which --source-icc replaces", bytes))
                .orElseGet(IccProfile::srgb);
    }

    private Inks inks() {
        if (print.icc().isEmpty()) return new Inks(3, UnaryOperator.identity(), Optional.of(source.bytes()));
        IccProfile printer = read(print.icc());
        Conversion conversion = print.proof()
                ? Conversion.proof(source, printer, print.intent(), print.blackPoint())
                : Conversion.of(source, printer, print.intent(), print.blackPoint());
        byte[] embedded = (print.proof() ? IccProfile.srgb() : printer).bytes();
        return new Inks(conversion.space().channels(), conversion::convert, Optional.of(embedded));
    }

    private static IccProfile read(String file) {
        try {
            return IccProfile.read(Path.of(file));
        } catch (InvalidPathException e) {
            throw new PictureException("'" + file + "' cannot be the file of a profile: " + e.getReason() + ".", e);
        }
    }

    /** Pixels of the whole sheet across, with bleed and marks. */
    public int width() {
        return layout.width();
    }

    /** Pixels of the whole sheet down. */
    public int height() {
        return layout.height();
    }

    /** Dots per inch of the sheet. */
    public double dpi() {
        return layout.dpi();
    }

    /** Samples of a pixel in the file: 1 grey, 3 RGB, 4 CMYK. */
    public int channels() {
        return inks.channels();
    }

    /** @throws PictureException when the print cannot be written there, or not in this format */
    public void check(Path out) {
        if (SheetWriter.isTiff(out) || SheetWriter.isPdf(out)) {
            SheetWriter.check(out);
            return;
        }
        String name = out.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png") && !name.endsWith(".jpg") && !name.endsWith(".jpeg"))
            throw new PictureException(out + ": a print is a .tif, .pdf, .png or .jpg. Give it one of these suffixes.");
        if (inks.channels() != 3)
            throw new PictureException(out + ": samples of " + (inks.channels() == 4 ? "CMYK" : "grey")
                    + " go into a .tif or .pdf. Give it one of these suffixes.");
        PictureWriter.check(out, width(), height());
    }

    /**
     * Writes the print.
     *
     * @param picture of the size told; read by regions, from several threads
     * @param rowsDone called with the count of rows written; may throw to cancel
     * @throws PictureException when {@link #check} fails, the disk does, or the picture cannot be read
     */
    public void write(Picture picture, Path out, IntConsumer rowsDone) {
        check(out);
        if (SheetWriter.isPdf(out)) {
            Picture sheet = new SheetPicture(scaled(picture), layout.unmarked());
            SheetWriter.pdf(parallel(new Part(sheet, layout.filled())), inks, layout.page(), out, rowsDone);
        } else if (SheetWriter.isTiff(out)) {
            SheetWriter.tiff(parallel(sheet(picture)), inks, out, metadata(), rowsDone);
        } else {
            PictureWriter.write(of(picture), out, metadata(), rowsDone);
        }
    }

    /**
     * The print as a picture, for those who write it themselves: pixels are calculated where it is read, large regions on all cores.
     *
     * @param picture of the size told
     * @throws PictureException when the printer's samples are not RGB
     */
    public Picture of(Picture picture) {
        if (inks.channels() != 3)
            throw new PictureException(
                    print.icc() + ": the samples of this profile are " + (inks.channels() == 4 ? "CMYK" : "grey")
                            + ", and only RGB can be cut into pieces. Print it whole.");
        return new Strips(sheet(picture), inks.ofRgb());
    }

    /** What belongs beside the pixels of {@link #of}. */
    public PictureMetadata metadata() {
        return new PictureMetadata(inks.icc(), OptionalDouble.of(layout.dpi()), Map.of(), print.compression());
    }

    /** Rows that {@link #write} tells of in all. */
    public int rows(Path out) {
        return SheetWriter.isPdf(out) ? layout.filled().height() : layout.height();
    }

    /** The whole sheet in the picture's own colours, calculated where it is read. */
    private Picture sheet(Picture picture) {
        return new SheetPicture(scaled(picture), layout);
    }

    private Picture scaled(Picture picture) {
        int width = layout.scaled().width();
        int height = layout.scaled().height();
        boolean same = width == picture.width() && height == picture.height();
        return same ? picture : Resample.resized(picture, width, height, Filter.LANCZOS);
    }

    private static Picture parallel(Picture picture) {
        return new Strips(picture, UnaryOperator.identity());
    }

    /**
     * The picture with what the printer cannot show in yellow to red, and all else grey.
     *
     * @param threshold the CIEDE2000 difference from which on a colour counts
     * @param outside counts the pixels that do, as the map is read
     * @throws PictureException when there is no printer's profile, or it does not tell how its colours look
     */
    public Picture gamutMap(Picture picture, double threshold, LongAdder outside) {
        if (print.icc().isEmpty())
            throw new PictureException("A gamut map shows what a printer cannot: name its profile, with --icc.");
        GamutMap map = new GamutMap(source, read(print.icc()), print.blackPoint(), threshold);
        return new Strips(picture, rgb -> {
            byte[] drawn = map.draw(rgb);
            outside.add(GamutMap.count(drawn));
            return drawn;
        });
    }
}
