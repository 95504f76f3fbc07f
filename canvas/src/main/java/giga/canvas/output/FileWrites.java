package giga.canvas.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Many files brought onto the disk at once. Each is forced there, where a power cut does not reach it, and waits for that;
 * a file system does this for many files in hardly more time than for one.
 */
final class FileWrites implements AutoCloseable {
    private static final int AT_ONCE = 16;

    interface Write {
        void run() throws IOException;
    }

    private final InOrder<Boolean> writes = new InOrder<>(AT_ONCE, _ -> {});

    /** Begins to write a file; a failure is told by a later call. */
    void write(Path file, byte[] bytes) throws IOException {
        submit(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) channel.write(left);
                channel.force(false);
            }
        });
    }

    void submit(Write write) throws IOException {
        writes.submit(() -> {
            write.run();
            return true;
        });
    }

    /** Waits until all are on the disk. */
    void finish() throws IOException {
        writes.finish();
    }

    /** Ends writes that were not waited for. */
    @Override
    public void close() {
        writes.close();
    }
}
