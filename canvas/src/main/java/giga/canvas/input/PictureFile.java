package giga.canvas.input;

import ar.com.hjg.pngj.PngjException;
import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.store.ZarrPicture;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * A picture open for reading: PNG, JPEG, WebP, TIFF or DZI, told apart by content, or a Zarr folder. Pixels leave it as 8-bit RGB: grey and palette
 * expanded, 16-bit samples rounded, what is transparent laid over white, CMYK converted to sRGB, EXIF orientation applied.
 *
 * <p>PNG and sequential JPEG need the memory of a band of 512 rows, strips or tiles of a TIFF likewise; interlaced PNG, progressive JPEG
 * and WebP must be held whole and are refused where that takes more than half of the heap. No side may exceed 300 000 pixels.
 */
public final class PictureFile implements AutoCloseable {
    private static final int LARGEST_TILE = 2048 * 2048;
    private static final int WIDEST_STRIP = 4096;

    private final Path path;
    private final Closeable file;
    private final Decoder decoder;
    private final Header header;

    private PictureFile(Path path, Closeable file, Decoder decoder) {
        this.path = path;
        this.file = file;
        this.decoder = decoder;
        this.header = decoder.header();
    }

    /**
     * Opens a picture and reads its header.
     *
     * @throws PictureException when there is no such file, it cannot be read, is no picture, or is of a format or size not read here
     */
    public static PictureFile open(Path path) {
        return Files.isDirectory(path) ? openFolder(path) : open(path, PictureFile::decoder);
    }

    /** One of the pictures that another is made of, which are plain pictures themselves. */
    public static PictureFile openTile(Path path) {
        return open(path, (_, format, file) -> plain(format, file));
    }

    private static PictureFile open(Path path, Opening opening) {
        FileChannel file = channel(path);
        try {
            return new PictureFile(path, file, opening.decoder(path, format(file), file));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            PictureException unreadable = unreadable(path, e);
            try {
                file.close();
            } catch (IOException closing) {
                unreadable.addSuppressed(closing);
            }
            throw unreadable;
        }
    }

    private interface Opening {
        Decoder decoder(Path path, PictureFormat format, FileChannel file) throws IOException;
    }

    private static PictureFile openFolder(Path folder) {
        if (Stream.of(ZarrMetadata.V3, ZarrMetadata.V2_ARRAY, ZarrMetadata.V2_GROUP)
                .noneMatch(name -> Files.exists(folder.resolve(name))))
            throw new PictureException(folder + ": this is a folder. Name a picture file in it.");
        try {
            return new PictureFile(folder, () -> {}, ZarrDecoder.open(folder));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            throw unreadable(folder, e);
        }
    }

    private static FileChannel channel(Path path) {
        // A pipe or device would keep the reader waiting, and cannot be read twice.
        if (Files.exists(path) && !Files.isRegularFile(path))
            throw new PictureException(path + ": this is a device or pipe. Save the picture to a file first.");
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new PictureException(path + ": there is no such file. Check the path and the spelling.", e);
        } catch (AccessDeniedException e) {
            throw new PictureException(path + ": the file may not be read. Give yourself the right to read it.", e);
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            throw new PictureException(
                    path + ": the file cannot be opened (" + e.getMessage() + "). Check the disk it lies on.", e);
        }
    }

    private static PictureFormat format(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Signature.LENGTH);
        while (head.hasRemaining() && file.read(head, head.position()) > 0) {}
        byte[] bytes = new byte[head.flip().remaining()];
        head.get(bytes);
        return Signature.formatOf(bytes);
    }

    private static Decoder decoder(Path path, PictureFormat format, FileChannel file) throws IOException {
        return format == PictureFormat.DZI ? new DeepZoomDecoder(path, FileBytes.of(file)) : plain(format, file);
    }

    private static Decoder plain(PictureFormat format, FileChannel file) throws IOException {
        return switch (format) {
            case PNG -> new PngDecoder(file);
            case JPEG -> new JpegDecoder(file);
            case WEBP -> new WebpDecoder(file);
            case TIFF -> TiffDecoder.open(file);
            case DZI, ZARR -> throw new IOException("it is a picture made of pictures");
        };
    }

    public PictureInfo info() {
        return header.seen();
    }

    /**
     * The picture, to be read region by region while this is open, to the pixels that {@link #copyTo} gives. Empty where that would decode much
     * more than is asked for: of PNG, JPEG, WebP and such TIFFs as are not in tiles.
     *
     * @throws PictureException when the picture's data is not there
     */
    public Optional<Picture> picture() {
        if (!(decoder instanceof RegionDecoder regions) || !isInTiles(regions)) return Optional.empty();
        try {
            regions.check();
            return Optional.of(tiled(regions));
        } catch (IOException | RuntimeException e) {
            throw unreadable(path, e);
        }
    }

    private static boolean isInTiles(RegionDecoder regions) {
        long tile = (long) regions.tileWidth() * regions.tileHeight();
        boolean across = regions.tileWidth() == regions.header().width();
        return !regions.decodesWholeTiles() || tile <= LARGEST_TILE && !(across && regions.tileWidth() > WIDEST_STRIP);
    }

    TiledPicture tiled(RegionDecoder regions) {
        return new TiledPicture(regions, damage -> unreadable(path, damage));
    }

    /**
     * The files that a picture consists of, in an order that depends on their names alone: itself, or what lies in its folder.
     *
     * @throws PictureException when the file cannot be opened, or the folder not be read
     */
    public static List<Path> files(Path picture) {
        try {
            if (Files.isDirectory(picture)) return inside(picture).toList();
            try (FileChannel file = channel(picture)) {
                if (!isDeepZoom(file)) return List.of(picture);
            }
            return Stream.concat(Stream.of(picture), inside(DeepZoomDecoder.tiles(picture)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(picture, e);
        }
    }

    private static boolean isDeepZoom(FileChannel file) throws IOException {
        try {
            return format(file) == PictureFormat.DZI;
        } catch (UnreadableException e) {
            return false;
        }
    }

    private static Stream<Path> inside(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).sorted().toList().stream();
        }
    }

    /**
     * Decodes the picture into {@code out}, which has its size.
     *
     * @param rowsDone called after each band with the count of rows (of columns, for a picture that lies on its side, in proportion)
     *     finished so far; may throw to cancel
     * @throws PictureException when the file is damaged or too large to be decoded; {@code out} is then filled in part
     */
    public void copyTo(ZarrPicture out, IntConsumer rowsDone) {
        PictureInfo info = info();
        if (out.width() != info.width() || out.height() != info.height())
            throw new IllegalArgumentException(
                    out.bounds() + " is not the size of " + path + ", " + info.width() + "x" + info.height());
        copyTo(out::write, rowsDone);
    }

    /** Whether {@link #copyTo} keeps one core busy and little memory, so that several pictures may well be decoded at a time. */
    public boolean copiesOnOneCore() {
        return decoder instanceof RowDecoder rows && !rows.holdsWhole();
    }

    void copyTo(BlockSink out, IntConsumer rowsDone) {
        switch (decoder) {
            case RowDecoder rows -> copyRows(rows, out, rowsDone);
            case RegionDecoder regions -> copyRegions(regions, out, rowsDone);
        }
    }

    private void copyRegions(RegionDecoder regions, BlockSink out, IntConsumer rowsDone) {
        RegionCopy copy = new RegionCopy(regions, out, rowsDone);
        try {
            copy.run();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            copy.rethrowFailure();
            throw unreadable(path, e);
        }
    }

    private void copyRows(RowDecoder rows, BlockSink out, IntConsumer rowsDone) {
        Bands bands = new Bands(header, out, rowsDone);
        try {
            rows.decode(bands);
            if (!bands.complete()) throw new EOFException("rows are missing");
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            bands.rethrowFailure();
            // A JPEG without its closing marker is whole once its last row came.
            if (!(bands.complete() && e instanceof EOFException)) throw unreadable(path, e);
        }
    }

    /**
     * The whole picture in memory, for small ones.
     *
     * @throws PictureException when it takes more than half of the heap, or is damaged
     */
    public Pixels read() {
        PictureInfo info = info();
        try {
            Limits.checkWhole("this picture, which here", 3L * info.width() * info.height());
        } catch (UnreadableException e) {
            throw unreadable(path, e);
        }
        Pixels whole = new Pixels(info.width(), info.height());
        copyTo(
                (x, y, block) -> {
                    for (int row = 0; row < block.height(); row++)
                        System.arraycopy(
                                block.rgb(),
                                3 * block.width() * row,
                                whole.rgb(),
                                3 * ((y + row) * whole.width() + x),
                                3 * block.width());
                },
                rows -> {});
        return whole;
    }

    private static PictureException unreadable(Path path, Throwable cause) {
        if (cause instanceof PictureException told) return told;
        if (cause instanceof UnreadableException) return new PictureException(path + ": " + cause.getMessage(), cause);
        if (cause instanceof OutOfMemoryError)
            return new PictureException(
                    path + ": there is not enough memory to decode it. Give Java more (-Xmx).", cause);
        // Java closes a file under a thread that is interrupted; that is no fault of the file.
        if (Thread.currentThread().isInterrupted())
            return new PictureException(path + ": reading was interrupted.", cause);
        return new PictureException(
                path + ": the picture is damaged or cut off" + detail(cause) + ". Fetch or export it again.", cause);
    }

    /** What the decoder found wrong, where it says so in words fit to print; a failed cast within it says nothing to anyone. */
    private static String detail(Throwable cause) {
        String text = cause.getMessage();
        // The PNG library's words for a file that ends before its rows do.
        if (cause instanceof PngjException && text != null && text.contains("failed feed bytes"))
            return " (it ends too early)";
        boolean reason = cause instanceof IOException || cause instanceof PngjException;
        boolean fit =
                reason && text != null && text.length() < 120 && text.chars().allMatch(c -> c >= 32 && c < 127);
        if (fit) return " (" + text.strip() + ")";
        return cause instanceof EOFException ? " (it ends too early)" : "";
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new PictureException(path + ": the file could not be closed (" + e.getMessage() + ").", e);
        }
    }
}
