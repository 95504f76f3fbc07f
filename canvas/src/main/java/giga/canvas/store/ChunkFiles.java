package giga.canvas.store;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32C;

/**
 * The chunk files of one array, named by {@link Axes}: side x side x 3 samples, then their CRC-32C, little
 * endian (codec crc32c). A file is never changed in place, so another picture may share it by a hard link.
 */
final class ChunkFiles {
    private static final int CHECKSUM_BYTES = 4;
    private static final int SPARE_BUFFERS = 8;

    private final Path directory;
    private final ChunkGrid grid;
    private final Axes axes;
    private final int samples;
    private final BlockingQueue<ByteBuffer> spare = new ArrayBlockingQueue<>(SPARE_BUFFERS);

    ChunkFiles(Path directory, ChunkGrid grid, Axes axes) {
        this.directory = directory;
        this.grid = grid;
        this.axes = axes;
        this.samples = 3 * grid.side() * grid.side();
    }

    Path file(ChunkIndex index) {
        if (!grid.contains(index)) throw new IllegalArgumentException(index + " lies outside " + grid);
        return axes.file(directory, index);
    }

    boolean exists(ChunkIndex index) {
        return Files.exists(file(index));
    }

    /** A buffer for one chunk file; hand it back with {@link #giveBack} so that the next call need not allocate. */
    ByteBuffer takeBuffer() {
        ByteBuffer buffer = spare.poll();
        return buffer != null ? buffer : ByteBuffer.allocateDirect(samples + CHECKSUM_BYTES);
    }

    void giveBack(ByteBuffer buffer) {
        boolean _ = spare.offer(buffer);
    }

    /** Reads and checks a chunk; false, with the buffer untouched, when it was never written. */
    boolean read(ChunkIndex index, ByteBuffer buffer) {
        Path file = file(index);
        try {
            // Asked before opening: a named pipe in the chunk's place would block for ever.
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) throw new DamagedChunkException(index, file, "is not a file");
            if (attributes.size() != samples + CHECKSUM_BYTES) throw wrongLength(index, file, attributes.size());
            buffer.clear();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (buffer.hasRemaining())
                    if (channel.read(buffer) < 0) throw wrongLength(index, file, buffer.position());
            }
        } catch (NoSuchFileException e) {
            requireFolder();
            return false;
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
        if (littleEndian(buffer).getInt(samples) != checksum(buffer))
            throw new DamagedChunkException(index, file, "does not match its checksum");
        return true;
    }

    DamagedChunkException missing(ChunkIndex index) {
        return new DamagedChunkException(index, file(index), "is missing");
    }

    /** Stores the first samples of the buffer as the chunk. */
    void write(ChunkIndex index, ByteBuffer buffer) {
        requireFolder();
        littleEndian(buffer).putInt(samples, checksum(buffer));
        try {
            AtomicFiles.write(file(index), buffer.clear());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    void link(ChunkIndex index, ChunkFiles from) {
        Path file = file(index);
        requireFolder();
        from.requireFolder();
        try {
            AtomicFiles.link(file, from.file(index));
        } catch (NoSuchFileException e) {
            delete(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** An unmounted disk must not look like a picture that is still black, nor be replaced by a folder of its name. */
    private void requireFolder() {
        if (!Files.exists(directory.resolve(ArrayMetadata.NAME)))
            throw new PictureException(
                    "The picture " + directory + " is gone; reconnect its disk or restore the folder, then run again.");
    }

    private void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private PictureException unwritable(IOException e) {
        return Failures.unwritable(directory, grid.count() * (samples + CHECKSUM_BYTES), e);
    }

    private DamagedChunkException wrongLength(ChunkIndex index, Path file, long length) {
        return new DamagedChunkException(
                index, file, "has " + length + " bytes instead of " + (samples + CHECKSUM_BYTES));
    }

    private int checksum(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(0, samples));
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(ByteBuffer buffer) {
        return buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
}
