package giga.redraw.job;

import giga.canvas.input.PictureFile;
import giga.canvas.store.Failures;
import giga.redraw.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * By what a file is recognised later.
 *
 * @param bytes its size, or the sizes of all files in a folder
 * @param sha256 in hexadecimal
 */
record Fingerprint(long bytes, String sha256) {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int HEAD_BYTES = 1 << 20;
    private static final int SAMPLES = 64;
    private static final int SAMPLE_BYTES = 4096;
    private static final int FOLDER_DEPTH = 3;

    Fingerprint {
        if (bytes < 0 || sha256 == null || !sha256.matches("[0-9a-f]{64}"))
            throw new IllegalArgumentException(bytes + " bytes with SHA-256 " + sha256);
    }

    static Fingerprint of(byte[] content) {
        MessageDigest digest = newDigest();
        digest.update(content);
        return finished(content.length, digest);
    }

    /** Of every byte of a picture; where it consists of several files, also of their names. */
    static Fingerprint ofPicture(Path picture) {
        MessageDigest digest = newDigest();
        long bytes = 0;
        try {
            List<Path> files = PictureFile.files(picture);
            for (Path file : files) {
                if (files.size() > 1) digest.update(name(picture, file));
                bytes += content(file, digest);
            }
        } catch (IOException e) {
            throw unreadable(picture, e);
        }
        return finished(bytes, digest);
    }

    private static long content(Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = open(file)) {
            digest(channel, 0, channel.size(), digest);
            return channel.size();
        }
    }

    /** As it is called from {@code folder}, wherever that lies. */
    private static byte[] name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Of gigabytes at the price of some reads: size, first mebibyte (where a checkpoint has its header) and evenly spaced
     * blocks, so that another model of the same layout is told apart. Of a folder, of every file in it by its name.
     */
    static Fingerprint ofSamples(Path model) {
        MessageDigest digest = newDigest();
        long bytes = 0;
        try {
            for (Path file : files(model)) {
                digest.update(name(model, file));
                bytes += sample(file, digest);
            }
        } catch (IOException e) {
            throw unreadable(model, e);
        }
        return finished(bytes, digest);
    }

    private static List<Path> files(Path model) throws IOException {
        if (!Files.isDirectory(model)) return List.of(model);
        // Downloaded models are often folders of links.
        try (Stream<Path> found = Files.walk(model, FOLDER_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long sample(Path file, MessageDigest digest) throws IOException {
        try (FileChannel channel = open(file)) {
            long size = channel.size();
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
            digest(channel, 0, HEAD_BYTES, digest);
            for (int i = 1; i <= SAMPLES; i++)
                digest(channel, (size - SAMPLE_BYTES) / SAMPLES * i, SAMPLE_BYTES, digest);
            return size;
        }
    }

    /** Asked before opening: a named pipe would block for ever. */
    private static FileChannel open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file))
            throw new JobException("%s is not a file: give a file.".formatted(file));
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static void digest(FileChannel channel, long from, long count, MessageDigest digest) throws IOException {
        long end = Math.min(channel.size(), from + count);
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long at = Math.max(0, from); at < end; at += block.limit()) {
            block.clear().limit((int) Math.min(BLOCK_BYTES, end - at));
            if (channel.read(block, at) < 0) return;
            digest.update(block.flip());
        }
    }

    private static Fingerprint finished(long bytes, MessageDigest digest) {
        return new Fingerprint(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static JobException unreadable(Path file, IOException e) {
        String why = e instanceof NoSuchFileException ? "there is no such file or folder" : Failures.reason(e);
        return new JobException("Cannot read %s: %s. Check the path.".formatted(file, why), e);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
