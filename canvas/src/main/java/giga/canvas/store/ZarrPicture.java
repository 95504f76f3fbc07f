package giga.canvas.store;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture in a folder, as a Zarr v3 array [height, width, 3] (or [3, height, width]) of uint8 in checksummed chunks of 512 x 512 pixels.
 * A chunk that was never written is black (the fill value).
 *
 * <p>Safe to share between threads: any number may read, and write different parts, even of one chunk; a reader sees
 * each chunk as it was before or after a write, never between. Objects that open one folder twice, in one process or in
 * several, do not guard each other: of those only one may write parts of a given chunk. Chunk files are replaced whole
 * and atomically, so a kill leaves every chunk old or new, never torn, and {@link #hasChunk} tells what is done.
 *
 * <p>No cache: a tile of 896 x 896 touches at most nine chunks, whose reading and checking takes about 2 ms.
 */
public final class ZarrPicture implements Picture {
    public static final int CHUNK_SIDE = 512;

    /** The file in a picture's folder that says what the chunks beside it are. */
    public static final String DESCRIPTION = ArrayMetadata.NAME;

    private static final int STRIPES = 64;

    private final Path directory;
    private final ChunkGrid grid;
    private final ChunkFiles files;
    private final boolean complete;
    private final Object[] stripes =
            IntStream.range(0, STRIPES).mapToObj(_ -> new Object()).toArray();

    private ZarrPicture(Path directory, ArrayMetadata.Description description, boolean complete) {
        this.directory = directory;
        this.grid = description.grid();
        this.files = new ChunkFiles(directory, grid, description.axes());
        this.complete = complete;
    }

    /**
     * A new, black picture.
     *
     * @throws PictureException when the folder already holds something, cannot be written or a side is not 1 to 1048576
     */
    public static ZarrPicture create(Path directory, int width, int height) {
        return create(directory, width, height, CHUNK_SIDE, Axes.YXC);
    }

    /**
     * The same with channels first, for a picture that is to be one level of an OME-NGFF image.
     *
     * @throws PictureException as {@link #create(Path, int, int)}
     */
    public static ZarrPicture createChannelsFirst(Path directory, int width, int height) {
        return create(directory, width, height, CHUNK_SIDE, Axes.CYX);
    }

    static ZarrPicture create(Path directory, int width, int height, int side) {
        return create(directory, width, height, side, Axes.YXC);
    }

    private static ZarrPicture create(Path directory, int width, int height, int side, Axes axes) {
        if (width < 1 || height < 1 || width > ArrayMetadata.MAX_SIDE || height > ArrayMetadata.MAX_SIDE)
            throw new PictureException("A picture of " + width + "x" + height + " pixels cannot be stored in "
                    + directory + ": choose sides of 1 to " + ArrayMetadata.MAX_SIDE + ".");
        ChunkGrid grid = new ChunkGrid(width, height, side);
        try {
            Files.createDirectories(directory);
            if (!isFree(directory))
                throw new PictureException(directory + " is not empty; choose another folder for the picture.");
            ArrayMetadata.write(directory, grid, axes);
        } catch (IOException e) {
            throw new PictureException(
                    "Cannot make the picture folder " + directory + ": " + Failures.reason(e)
                            + "; choose a folder on a disk with space that you may write to.",
                    e);
        }
        return new ZarrPicture(directory, new ArrayMetadata.Description(grid, axes), false);
    }

    /** @throws PictureException when the folder holds no picture as {@link #create} makes them */
    public static ZarrPicture open(Path directory) {
        return new ZarrPicture(directory, ArrayMetadata.read(directory), false);
    }

    /**
     * Opens a picture of which every chunk was written: reading one that is not there is answered as damage, not by black.
     *
     * @throws PictureException when the folder holds no picture as {@link #create} makes them
     */
    public static ZarrPicture openComplete(Path directory) {
        return new ZarrPicture(directory, ArrayMetadata.read(directory), true);
    }

    /**
     * Makes a folder whose description is lost or damaged a picture of this size again, with the chunks that lie in it.
     *
     * @throws PictureException when the folder cannot be written
     */
    public static void describe(Path directory, int width, int height) {
        try {
            ArrayMetadata.write(directory, new ChunkGrid(width, height, CHUNK_SIDE), Axes.YXC);
        } catch (IOException e) {
            throw Failures.unwritable(directory, 3L * width * height, e);
        }
    }

    @Override
    public int width() {
        return grid.width();
    }

    @Override
    public int height() {
        return grid.height();
    }

    public Path directory() {
        return directory;
    }

    public ChunkGrid grid() {
        return grid;
    }

    /** @throws DamagedChunkException when a chunk's length or checksum is wrong, or it is missing from a complete picture */
    @Override
    public Pixels read(Region region) {
        Iterable<ChunkIndex> chunks = touching(region);
        Pixels pixels = new Pixels(region.width(), region.height());
        withBuffer(buffer -> {
            for (ChunkIndex index : chunks) {
                Region chunk = grid.region(index);
                Region part = chunk.intersection(region);
                if (!files.read(index, buffer)) {
                    if (complete) throw files.missing(index);
                    continue;
                }
                for (int y = part.y(); y < part.bottom(); y++)
                    buffer.get(inChunk(part.x(), y), pixels.rgb(), inRegion(region, part.x(), y), 3 * part.width());
            }
        });
        return pixels;
    }

    /** Stores {@code pixels} with their upper left corner at (x, y); chunks they cover only in part keep the rest. */
    public void write(int x, int y, Pixels pixels) {
        Region region = new Region(x, y, pixels.width(), pixels.height());
        withBuffer(buffer -> {
            for (ChunkIndex index : touching(region)) writePart(index, region, pixels, buffer);
        });
    }

    /** The pixels of a chunk, cut at the picture's rim; black when it was never written. */
    public Pixels readChunk(ChunkIndex index) {
        return read(grid.region(index));
    }

    /** @throws IllegalArgumentException when the pixels have not the size of the chunk's region */
    public void writeChunk(ChunkIndex index, Pixels pixels) {
        Region chunk = grid.region(index);
        if (pixels.width() != chunk.width() || pixels.height() != chunk.height())
            throw new IllegalArgumentException(pixels.width() + "x" + pixels.height() + " pixels for " + chunk);
        write(chunk.x(), chunk.y(), pixels);
    }

    public boolean hasChunk(ChunkIndex index) {
        return files.exists(index);
    }

    /** Where a chunk lies, if it is there. */
    public Path chunkFile(ChunkIndex index) {
        return files.file(index);
    }

    /** Makes a chunk the same as in {@code from}, a picture cut alike, without copying its bytes where hard links work. */
    public void linkChunk(ChunkIndex index, ZarrPicture from) {
        if (!from.grid.equals(grid)) throw new IllegalArgumentException(from.grid + " is not cut like " + grid);
        synchronized (stripe(index)) {
            files.link(index, from.files);
        }
    }

    private void writePart(ChunkIndex index, Region region, Pixels pixels, ByteBuffer buffer) {
        Region chunk = grid.region(index);
        Region part = chunk.intersection(region);
        synchronized (stripe(index)) {
            boolean full = part.area() == (long) grid.side() * grid.side();
            if (!full && (part.equals(chunk) || !files.read(index, buffer))) blacken(buffer);
            for (int y = part.y(); y < part.bottom(); y++)
                buffer.put(inChunk(part.x(), y), pixels.rgb(), inRegion(region, part.x(), y), 3 * part.width());
            files.write(index, buffer);
        }
    }

    /** Where a pixel of the picture lies in its chunk's buffer. */
    private int inChunk(int x, int y) {
        return 3 * (y % grid.side() * grid.side() + x % grid.side());
    }

    private static int inRegion(Region region, int x, int y) {
        return 3 * ((y - region.y()) * region.width() + x - region.x());
    }

    private static void blacken(ByteBuffer buffer) {
        buffer.clear();
        while (buffer.remaining() >= Long.BYTES) buffer.putLong(0);
        while (buffer.hasRemaining()) buffer.put((byte) 0);
    }

    private Iterable<ChunkIndex> touching(Region region) {
        return grid.touching(region)::iterator;
    }

    private Object stripe(ChunkIndex index) {
        return stripes[Math.floorMod(index.hashCode(), STRIPES)];
    }

    private void withBuffer(Consumer<ByteBuffer> work) {
        ByteBuffer buffer = files.takeBuffer();
        try {
            work.accept(buffer);
        } finally {
            files.giveBack(buffer);
        }
    }

    /** Empty but for what a kill during an earlier attempt may have left. */
    private static boolean isFree(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.allMatch(entry -> entry.toString().endsWith(AtomicFiles.PARTIAL));
        }
    }
}
