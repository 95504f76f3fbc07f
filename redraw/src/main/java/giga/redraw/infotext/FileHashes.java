package giga.redraw.infotext;

import static java.nio.charset.StandardCharsets.UTF_8;

import giga.canvas.store.AtomicFiles;
import giga.redraw.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The hashes by which A1111 names files of models. They take seconds for gigabytes, so what was computed is kept in a
 * folder until the file changes; where that folder cannot be used they are computed each time.
 *
 * @param folder of the kept hashes; need not exist
 */
public record FileHashes(Path folder) {
    private static final int MODEL_DIGITS = 10;
    private static final int LORA_DIGITS = 12;

    /** "Model hash" and "VAE hash": the beginning of the file's SHA-256; empty for folders, which have none. */
    public Optional<String> model(Path file) {
        if (Files.isDirectory(file)) return Optional.empty();
        return Optional.of(kept(file, "model", 0).substring(0, MODEL_DIGITS));
    }

    /** As "Lora hashes" has it: SHA-256 of the tensors alone, so that notes in the file do not change it. */
    public String lora(Path file) {
        return kept(file, "lora", tensorsBegin(file)).substring(0, LORA_DIGITS);
    }

    /** Behind the header of a safetensors file; 0 for all others. */
    private static long tensorsBegin(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(9);
            if (head.length < 9 || head[8] != '{') return 0;
            long header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
            return header > 0 && header <= Files.size(file) - 8 ? 8 + header : 0;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private String kept(Path file, String kind, long from) {
        try {
            Path real = file.toRealPath();
            String state = kind + " " + Files.size(real) + " "
                    + Files.getLastModifiedTime(real).toMillis() + " ";
            Path entry = folder.resolve(
                    hex(digest().digest((kind + real).getBytes(UTF_8))).substring(0, 32));
            return read(entry, state).orElseGet(() -> computed(real, from, entry, state));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static Optional<String> read(Path entry, String state) {
        try {
            String text = Files.readString(entry);
            String hash = text.startsWith(state) ? text.substring(state.length()) : "";
            return Optional.of(hash).filter(digits -> digits.matches("[0-9a-f]{64}"));
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String computed(Path file, long from, Path entry, String state) {
        String hash = sha256(file, from);
        try {
            AtomicFiles.write(entry, ByteBuffer.wrap((state + hash).getBytes(UTF_8)));
        } catch (IOException | RuntimeException e) {
            // It is computed again the next time.
        }
        return hash;
    }

    private static String sha256(Path file, long from) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return hex(digest.digest());
    }

    private static JobException unreadable(Path file, IOException e) {
        return new JobException(
                file + " cannot be read for its hash (" + e.getMessage() + "); check the file and the disk", e);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
