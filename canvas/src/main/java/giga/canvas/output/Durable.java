package giga.canvas.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.Stream;

/** Puts what was written onto the disk, where a power cut does not reach it. */
final class Durable {
    private Durable() {}

    /** A file, or a folder with all files in it. */
    static void force(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Iterator<Path> all = files.filter(Files::isRegularFile).iterator(); all.hasNext(); )
                try (FileChannel file = FileChannel.open(all.next(), StandardOpenOption.WRITE)) {
                    file.force(false);
                }
        }
    }
}
