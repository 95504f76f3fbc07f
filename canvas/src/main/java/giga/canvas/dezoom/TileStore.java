package giga.canvas.dezoom;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import giga.canvas.store.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tiles that were fetched, as they came, each in a file that is named by what the tile is known by; {@code index.tsv} tells the names'
 * meaning. Only what could be decoded is kept.
 */
record TileStore(Path folder) {
    private static final String INDEX = "index.tsv";

    /** A tile that is there, decoded; one that cannot be decoded any more is not. */
    Optional<Pixels> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(decoded(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a tile, once it is decoded.
     *
     * @throws IOException when it is no picture
     * @throws StoreException when the disk refuses
     */
    Pixels keep(String key, byte[] tile) throws IOException {
        Path file = file(key);
        Path partial = file.resolveSibling(file.getFileName() + ".part");
        try {
            // Not before there is something to keep.
            Files.createDirectories(folder);
            Files.write(partial, tile);
        } catch (IOException e) {
            throw failed(partial, e);
        }
        try {
            Pixels pixels = decoded(partial);
            publish(key, partial, file);
            return pixels;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Pixels decoded(Path file) throws IOException {
        try (PictureFile picture = PictureFile.openTile(file)) {
            return picture.read();
        } catch (PictureException e) {
            byte[] head = new byte[1];
            try (var in = Files.newInputStream(file)) {
                if (in.read(head) < 1) throw new IOException("nothing came", e);
            }
            // What it is called here tells nobody anything.
            String why = e.getMessage().replace(file + ": ", "");
            throw new IOException(head[0] == '<' ? "a page came, and no picture" : "no picture came: " + why, e);
        }
    }

    private void publish(String key, Path partial, Path file) {
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            synchronized (INDEX) {
                Files.writeString(
                        folder.resolve(INDEX),
                        file.getFileName() + "\t" + key + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private Path file(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StoreException failed(Path file, IOException e) {
        return new StoreException(
                "%s: tiles cannot be kept there: %s. Check the space on the disk and the rights."
                        .formatted(file, Failures.reason(e)),
                e);
    }
}
