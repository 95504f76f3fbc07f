package giga.canvas.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The files below a folder that comes from anywhere: links in it are not followed, and what is no file is not opened. */
final class InnerFiles {
    private static final int PIECE = 1 << 20;

    private final Path root;

    InnerFiles(Path folder) throws IOException {
        this.root = folder.toRealPath();
    }

    /**
     * Where a file lies; empty where there is none.
     *
     * @param name with slashes, made of names only
     * @throws UnreadableException when a link or something else than a file is in its place
     */
    Optional<Path> find(String name) throws IOException {
        Path file = root;
        for (String part : name.split("/", -1)) {
            if (!isName(part))
                throw new UnreadableException(
                        "it points to \"" + Words.brief(name) + "\", which is no name of something in its folder",
                        "Put all of the picture in one folder.");
            file = file.resolve(part);
        }
        try {
            if (!file.toRealPath().equals(file)) throw foreign(name);
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) throw foreign(name);
            return Optional.of(file);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (Files.isSymbolicLink(file)) throw foreign(name);
            return Optional.empty();
        }
    }

    /** The contents of a file; empty where there is none. @throws UnreadableException when it is larger than {@code max} */
    Optional<byte[]> read(String name, long max) throws IOException {
        Optional<Path> file = find(name);
        if (file.isEmpty()) return Optional.empty();
        try (FileChannel channel = FileChannel.open(file.get(), StandardOpenOption.READ)) {
            if (channel.size() > max)
                throw new UnreadableException(
                        "its " + name + " has " + channel.size() + " bytes where at most " + max + " are expected",
                        "Fetch or export the picture again.");
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            // In pieces, as the JDK copies each through native memory of its size.
            while (bytes.position() < bytes.capacity()) {
                bytes.limit(Math.min(bytes.capacity(), bytes.position() + PIECE));
                if (channel.read(bytes) < 0) throw new IOException("its " + name + " shrank while it was read");
            }
            return Optional.of(bytes.array());
        }
    }

    private static boolean isName(String part) {
        return part.matches("[\\w .+-]{1,128}") && !part.matches("\\.{1,2}");
    }

    private static UnreadableException foreign(String name) {
        return new UnreadableException(
                "its " + name + " is a link or no file, and links are not followed",
                "Copy the picture with its files in place of links.");
    }
}
