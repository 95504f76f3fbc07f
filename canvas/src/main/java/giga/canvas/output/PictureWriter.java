package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.input.PictureInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * Writes a picture of any size, in memory that does not grow with it, in the format that the suffix tells: PNG, TIFF with a
 * pyramid, JPEG (quality 95, full chroma), deep zoom tiles or OME-Zarr. It appears under its name only when it is complete and
 * on the disk; a failed or cancelled write leaves nothing.
 */
public final class PictureWriter {
    private PictureWriter() {}

    /**
     * Refuses, before any work, a place that cannot take a picture of this size.
     *
     * @throws PictureException when the suffix is unknown, the folder missing or closed, or the format too small
     */
    public static void check(Path out, int width, int height) {
        OutputFormat format = format(out);
        if (width > format.maxSide || height > format.maxSide)
            throw new PictureException(out + ": " + width + "x" + height + " pixels are more than the " + format.maxSide
                    + " a side that " + format.title + " can hold. Use the suffix .tif, .png or .dzi.");
        if (format != OutputFormat.ZARR && Files.isDirectory(out))
            throw new PictureException(out + ": this is a folder. Name a file in it.");
        Path folder = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder))
            throw new PictureException(out + ": there is no folder " + folder + ". Create it first.");
        if (format == OutputFormat.DEEP_ZOOM) DeepZoomWriter.check(out);
        if (format == OutputFormat.ZARR) OmeZarrWriter.check(out);
        if (!Files.isWritable(folder))
            throw new PictureException(out + ": the folder " + folder
                    + " cannot be written to. Choose another, or give yourself the right.");
    }

    /**
     * Refuses also what the format cannot hold beside the pixels.
     *
     * @throws PictureException as {@link #check(Path, int, int)}, or when a text is too long for a JPEG
     */
    public static void check(Path out, int width, int height, PictureMetadata metadata) {
        check(out, width, height);
        int longest = JpegEncoder.MAX_COMMENT_BYTES / 2;
        int length = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "").length();
        if (format(out) == OutputFormat.JPEG && length > longest)
            throw new PictureException(out + ": a JPEG cannot hold the " + length
                    + " characters that tell how it was made, only " + longest
                    + ". Use the suffix .png, or shorter prompts.");
    }

    /**
     * Writes the whole picture, replacing a file of this name.
     *
     * @param rowsDone called after each band with the count of rows written; may throw to cancel
     * @throws PictureException when {@link #check} fails, the disk does, or the picture cannot be read
     */
    public static void write(Picture picture, Path out, PictureMetadata metadata, IntConsumer rowsDone) {
        check(out, picture.width(), picture.height());
        try {
            make(picture, out, metadata, rowsDone);
        } catch (IOException e) {
            throw failed(out, e);
        }
    }

    /** The same, unchecked. */
    static void make(Picture picture, Path out, PictureMetadata metadata, IntConsumer rowsDone) throws IOException {
        try (Staging staging = Staging.beside(out)) {
            Path made = staging.resolve("picture");
            switch (format(out)) {
                case PNG -> toFile(made, file -> PngEncoder.write(picture, file, metadata, rowsDone));
                case JPEG -> toFile(made, file -> JpegEncoder.write(picture, file, metadata, rowsDone));
                case TIFF -> TiffEncoder.write(picture, made, staging.resolve("levels"), metadata, rowsDone);
                case ZARR -> OmeZarrWriter.write(picture, made, staging.resolve("levels"), metadata, rowsDone);
                case DEEP_ZOOM -> {
                    DeepZoomWriter.write(picture, out, staging, metadata, rowsDone);
                    return;
                }
            }
            staging.publish(made, out);
        }
    }

    private interface Encoding {
        void writeTo(OutputStream file) throws IOException;
    }

    private static void toFile(Path file, Encoding encoding) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            encoding.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /** Whether the suffix tells a format that can be written. */
    public static boolean writes(Path out) {
        return OutputFormat.of(out).isPresent();
    }

    private static OutputFormat format(Path out) {
        return OutputFormat.of(out)
                .orElseThrow(() -> new PictureException(
                        out + ": the suffix tells no format that can be written. Use " + OutputFormat.SUFFIXES + "."));
    }

    static PictureException failed(Path out, Exception e) {
        // Java closes a file under a thread that is interrupted; that is no fault of the disk.
        if (Thread.currentThread().isInterrupted()) return new PictureException(out + ": writing was interrupted.", e);
        Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new PictureException(
                out + ": the picture could not be written (" + reason
                        + "). Check the space on the disk and the rights.",
                e);
    }
}
