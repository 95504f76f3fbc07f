package giga.redraw.job;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Pieces of latents, a file each. Little-endian: the magic number, x, y, width, height in latent pixels and the number of
 * channels as 32-bit integers; the values as floats, channel by channel, row by row; CRC-32C of all before. A piece is
 * there when its file is: it is written as a whole.
 */
final class LatentFiles {
    static final String SUFFIX = ".raw";

    private static final int MAGIC = 0x31304C47; // "GL01"
    private static final int HEADER_BYTES = 6 * Integer.BYTES;
    private static final int MOST_BYTES = 1 << 28;

    private final Path directory;

    LatentFiles(Path directory) {
        this.directory = directory;
    }

    Path file(int index) {
        return directory.resolve(index + SUFFIX);
    }

    /** @param values [1, channels, height, width] */
    void write(int index, Region place, Planes values) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + Float.BYTES * values.values().length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(place.x()).putInt(place.y()).putInt(place.width());
        bytes.putInt(place.height()).putInt(values.channels());
        bytes.asFloatBuffer().put(values.values());
        bytes.position(bytes.capacity() - Integer.BYTES);
        bytes.putInt(checksum(bytes));
        Disk.write(file(index), bytes.flip());
    }

    /**
     * A piece, empty when it is not there.
     *
     * @throws DamagedLatentsException when its file is not what was written
     */
    Optional<Planes> read(int index, Region place) {
        Path file = file(index);
        try {
            if (!Files.isRegularFile(file)) return Optional.empty();
            if (Files.size(file) > MOST_BYTES) throw new DamagedLatentsException(file);
            return Optional.of(parsed(ByteBuffer.wrap(Files.readAllBytes(file)), place, file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    /** Whether a file is a piece as it was written, wherever it belongs. */
    static boolean isSound(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) <= MOST_BYTES
                    && isSound(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    private static boolean isSound(ByteBuffer bytes) {
        int body = bytes.limit() - Integer.BYTES;
        return body >= HEADER_BYTES
                && checksum(bytes.duplicate().position(body)) == bytes.getInt(body)
                && bytes.getInt(0) == MAGIC;
    }

    private static Planes parsed(ByteBuffer bytes, Region place, Path file) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int body = bytes.limit() - Integer.BYTES;
        if (!isSound(bytes)
                || bytes.getInt(4) != place.x()
                || bytes.getInt(8) != place.y()
                || bytes.getInt(12) != place.width()
                || bytes.getInt(16) != place.height()) throw new DamagedLatentsException(file);
        int channels = bytes.getInt(20);
        if (channels < 1 || (long) channels * place.area() * Float.BYTES != body - HEADER_BYTES)
            throw new DamagedLatentsException(file);
        Planes values = new Planes(1, channels, place.height(), place.width());
        bytes.position(HEADER_BYTES)
                .limit(body)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values.values());
        return values;
    }

    void delete(int index) {
        Disk.delete(file(index));
    }

    /** Of all bytes before the position. */
    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().flip());
        return (int) crc.getValue();
    }

    /** A file that is not what was written. */
    static final class DamagedLatentsException extends JobException {
        DamagedLatentsException(Path file) {
            super("%s is damaged. Resume the job: it makes that piece again.".formatted(file));
        }
    }
}
