package giga.canvas.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Bytes read by position, from a file or from a block of a file already in memory. */
interface FileBytes {
    long size() throws IOException;

    /** {@code length} bytes from {@code position}. @throws EOFException when they are not all there */
    ByteBuffer read(long position, int length) throws IOException;

    default ByteBuffer read(long position, int length, ByteOrder order) throws IOException {
        return read(position, length).order(order);
    }

    static FileBytes of(FileChannel file) {
        return new FileBytes() {
            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public ByteBuffer read(long position, int length) throws IOException {
                checkInside(position, length, file.size());
                ByteBuffer bytes = ByteBuffer.allocate(length);
                while (bytes.hasRemaining()) if (file.read(bytes, position + bytes.position()) < 0) throw cutOff();
                return bytes.flip();
            }
        };
    }

    static FileBytes of(byte[] block) {
        return new FileBytes() {
            @Override
            public long size() {
                return block.length;
            }

            @Override
            public ByteBuffer read(long position, int length) throws IOException {
                checkInside(position, length, block.length);
                return ByteBuffer.wrap(block, (int) position, length).slice();
            }
        };
    }

    private static void checkInside(long position, int length, long size) throws EOFException {
        if (position < 0 || length < 0 || position > size - length) throw cutOff();
    }

    private static EOFException cutOff() {
        return new EOFException("it points behind the file's end");
    }
}
