package giga.redraw.job;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.Drawn;
import giga.redraw.JobException;
import giga.redraw.Tile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;

/**
 * The results of one phase's tiles, a file each, until the phase is settled. Little-endian: the magic number, x, y, width
 * and height of {@link Tile#write} as 32-bit integers; the samples, RGB interleaved, row by row; CRC-32C of all before.
 *
 * <p>A sample is 16-bit 8.8 fixed point, round(256 · value) of a value cut to 0..255. Eight bits would round twice, here
 * and when overlapping tiles are blended: steps that show in a smooth sky. Floats would double the disk for bits below a
 * hundredth of a grey level.
 */
final class TileFiles {
    private static final int MAGIC = 0x31305447; // "GT01"
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final float ONE = 256;

    private final Path directory;

    /** Megabytes each; allocating them per tile would keep the collector busy. As many as there are threads. */
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    TileFiles(Path directory) {
        this.directory = directory;
    }

    Path file(Tile tile) {
        return directory.resolve(tile.index() + ".raw");
    }

    /**
     * Stores the part of a redrawn tile that the canvas will take.
     *
     * @param redrawn [1, 3, height, width] of {@link Tile#read}, 0 to 255
     * @return the file's checksum
     * @throws JobException when a value is no number, or the disk refuses
     */
    int write(Tile tile, Planes redrawn) {
        ByteBuffer buffer = take(bytes(tile));
        try {
            Region write = tile.write();
            buffer.putInt(MAGIC).putInt(write.x()).putInt(write.y()).putInt(write.width());
            buffer.putInt(write.height());
            encode(tile, redrawn, buffer);
            int checksum = checksum(buffer.duplicate().flip());
            buffer.putInt(checksum);
            Disk.write(file(tile), buffer.flip());
            return checksum;
        } finally {
            spare.add(buffer);
        }
    }

    private static void encode(Tile tile, Planes redrawn, ByteBuffer buffer) {
        Region write = tile.write();
        float[] values = redrawn.values();
        int plane = redrawn.width() * redrawn.height();
        for (int y = write.y(); y < write.bottom(); y++) {
            int from = (y - tile.read().y()) * redrawn.width()
                    + write.x()
                    - tile.read().x();
            for (int i = from; i < from + write.width(); i++) {
                for (int channel = 0; channel < 3; channel++) buffer.putShort(fixed(values[channel * plane + i], tile));
            }
        }
    }

    private static short fixed(float value, Tile tile) {
        if (Float.isNaN(value))
            throw new JobException(
                    ("Tile %d came out as no number (NaN): the model overflows at these settings. Try --precision f32, "
                                    + "a lower cfg, or another model.")
                            .formatted(tile.index()));
        return (short) (int) (Math.min(Math.max(value, 0), 255) * ONE + 0.5f);
    }

    /**
     * The part of a tile's result that lies in {@code part}.
     *
     * @throws DamagedTileException when the file is missing or not what was written
     */
    Drawn read(Tile tile, Region part) {
        ByteBuffer buffer = take(bytes(tile));
        try {
            load(tile, buffer);
            Region write = tile.write();
            float[] rgb = new float[3 * part.width() * part.height()];
            int to = 0;
            for (int y = part.y(); y < part.bottom(); y++) {
                int pixel = (y - write.y()) * write.width() + part.x() - write.x();
                int from = HEADER_BYTES + 3 * Short.BYTES * pixel;
                for (int i = 0; i < 3 * part.width(); i++, from += Short.BYTES)
                    rgb[to++] = (buffer.getShort(from) & 0xFFFF) / ONE;
            }
            return new Drawn(tile, part, rgb);
        } finally {
            spare.add(buffer);
        }
    }

    /** @throws DamagedTileException when the file is missing or not what was written */
    int verify(Tile tile) {
        ByteBuffer buffer = take(bytes(tile));
        try {
            return load(tile, buffer);
        } finally {
            spare.add(buffer);
        }
    }

    void delete(Tile tile) {
        Disk.delete(file(tile));
    }

    private int load(Tile tile, ByteBuffer buffer) {
        Path file = file(tile);
        try {
            // Asked before opening: a named pipe in the file's place would block for ever.
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() != bytes(tile))
                throw new DamagedTileException(tile, file, "is not a file of " + bytes(tile) + " bytes");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                while (buffer.hasRemaining())
                    if (channel.read(buffer) < 0) throw new DamagedTileException(tile, file, "ends too early");
            }
        } catch (NoSuchFileException e) {
            throw new DamagedTileException(tile, file, "is missing");
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
        buffer.flip();
        int body = buffer.limit() - CHECKSUM_BYTES;
        int checksum = buffer.getInt(body);
        if (checksum(buffer.duplicate().limit(body)) != checksum)
            throw new DamagedTileException(tile, file, "does not match its checksum");
        Region write = tile.write();
        if (buffer.getInt(0) != MAGIC
                || buffer.getInt(4) != write.x()
                || buffer.getInt(8) != write.y()
                || buffer.getInt(12) != write.width()
                || buffer.getInt(16) != write.height())
            throw new DamagedTileException(tile, file, "belongs to another tile or version");
        return checksum;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static int bytes(Tile tile) {
        return Math.toIntExact(HEADER_BYTES + 3L * Short.BYTES * tile.write().area() + CHECKSUM_BYTES);
    }

    /** A little-endian buffer with room for exactly {@code bytes}. */
    private ByteBuffer take(int bytes) {
        ByteBuffer buffer = spare.poll();
        if (buffer == null || buffer.capacity() < bytes)
            buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.clear().limit(bytes);
    }
}
