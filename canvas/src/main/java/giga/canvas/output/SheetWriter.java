package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Writes sheets for the press: TIFF in strips or PDF, of grey, RGB or CMYK samples, in memory that does not grow with them. */
public final class SheetWriter {
    private SheetWriter() {}

    /** Whether the suffix is that of a PDF, which has a page instead of margins. */
    public static boolean isPdf(Path out) {
        return suffixed(out, ".pdf");
    }

    /** Whether the suffix is that of a TIFF. */
    public static boolean isTiff(Path out) {
        return suffixed(out, ".tif") || suffixed(out, ".tiff");
    }

    private static boolean suffixed(Path out, String suffix) {
        return out.getFileName() != null
                && out.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    /** @throws PictureException when nothing can be written there */
    public static void check(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out)) throw new PictureException(out + ": this is a folder. Name a file in it.");
        if (!Files.isDirectory(folder))
            throw new PictureException(out + ": there is no folder " + folder + ". Create it first.");
        if (!Files.isWritable(folder))
            throw new PictureException(out + ": the folder " + folder
                    + " cannot be written to. Choose another, or give yourself the right.");
    }

    /**
     * Writes a TIFF of the whole picture, replacing a file of this name.
     *
     * @param metadata its resolution and compression; the profile is that of the inks
     * @param rowsDone called after each band with the count of rows written; may throw to cancel
     * @throws PictureException when {@link #check} fails, the disk does, or the picture cannot be read
     */
    public static void tiff(Picture picture, Inks inks, Path out, PictureMetadata metadata, IntConsumer rowsDone) {
        write(out, made -> StripTiff.write(picture, inks, made, metadata, rowsDone));
    }

    /**
     * Writes a PDF of one page, replacing a file of this name.
     *
     * @param picture what the page shows, in the place that it says
     * @param rowsDone as for {@link #tiff}
     * @throws PictureException as {@link #tiff}, or when the file grows beyond 10 GB
     */
    public static void pdf(Picture picture, Inks inks, Page page, Path out, IntConsumer rowsDone) {
        write(out, made -> PdfEncoder.write(picture, inks, page, made, rowsDone));
    }

    private interface Encoding {
        void writeTo(Path file) throws IOException;
    }

    private static void write(Path out, Encoding encoding) {
        check(out);
        try (Staging staging = Staging.beside(out)) {
            Path made = staging.resolve("sheet");
            encoding.writeTo(made);
            staging.publish(made, out);
        } catch (IOException e) {
            throw PictureWriter.failed(out, e);
        }
    }
}
