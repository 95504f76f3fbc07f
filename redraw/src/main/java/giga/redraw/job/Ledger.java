package giga.redraw.job;

import giga.redraw.Tile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tiles of a phase are finished: a small file each, written after the tile's pixels. */
final class Ledger {
    private static final Pattern LINE = Pattern.compile("crc32c ([0-9a-f]{8}) seconds (\\d{1,9}\\.\\d{3})\n");
    private static final int LONGEST = 64;

    private final Path directory;

    Ledger(Path directory) {
        this.directory = directory;
    }

    /**
     * @param checksum of the tile's pixel file, so that an entry never vouches for other pixels
     * @param seconds the tile took in all
     */
    record Entry(int checksum, double seconds) {}

    Path file(Tile tile) {
        return directory.resolve(Integer.toString(tile.index()));
    }

    void enter(Tile tile, Entry entry) {
        double seconds = Math.clamp(entry.seconds, 0, 1e8);
        Disk.write(file(tile), String.format(Locale.ROOT, "crc32c %08x seconds %.3f\n", entry.checksum, seconds));
    }

    /** @throws DamagedTileException when there is an entry that cannot be understood */
    Optional<Entry> entry(Tile tile) {
        Path file = file(tile);
        try {
            if (Files.notExists(file)) return Optional.empty();
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST)
                throw new DamagedTileException(tile, file, "is no ledger entry");
            Matcher line = LINE.matcher(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII));
            if (!line.matches()) throw new DamagedTileException(tile, file, "is no ledger entry");
            return Optional.of(
                    new Entry(Integer.parseUnsignedInt(line.group(1), 16), Double.parseDouble(line.group(2))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Disk.unreadable(file, e);
        }
    }

    void strike(Tile tile) {
        Disk.delete(file(tile));
    }
}
