package giga.canvas.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes written one behind the other into a file, in large pieces, by somebody who needs to know where they come to lie. */
final class Spool {
    private static final int BUFFER_BYTES = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long written;

    /** @param start where the first byte goes */
    Spool(FileChannel file, long start) {
        this.file = file;
        this.written = start;
    }

    /** Where the next byte goes. */
    long position() {
        return written + buffer.position();
    }

    void write(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            if (!buffer.hasRemaining()) flush();
            int length = Math.min(buffer.remaining(), bytes.length - at);
            buffer.put(bytes, at, length);
            at += length;
        }
    }

    /** Goes on at an even place. */
    void align() throws IOException {
        if (position() % 2 == 1) write(new byte[1]);
    }

    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) written += file.write(buffer, written);
        buffer.clear();
    }
}
