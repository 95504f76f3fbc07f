package giga.canvas.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file as ImageIO reads it, with its beginning exchanged and something added behind its end. */
class SplicedStream extends ImageInputStreamImpl {
    private final byte[] head;
    private final FileChannel file;
    private final long from;
    private final byte[] tail;
    private final long fileEnd;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).flip();
    private long bufferStart;

    /** {@code head}, then the file from byte {@code from} on, then {@code tail}. */
    SplicedStream(byte[] head, FileChannel file, long from, byte[] tail) throws IOException {
        this.head = head;
        this.file = file;
        this.from = from;
        this.tail = tail;
        this.fileEnd = head.length + Math.max(0, file.size() - from);
    }

    @Override
    public long length() {
        return fileEnd + tail.length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (count == 0) return 0;
        int got = 0;
        // ImageIO takes a short read for the end, so a read goes on over the seams.
        while (got < count && streamPos < length()) {
            int n = readAt(streamPos, bytes, offset + got, count - got);
            if (n <= 0) break;
            streamPos += n;
            got += n;
        }
        return got > 0 ? got : atEnd();
    }

    private int readAt(long position, byte[] bytes, int offset, int count) throws IOException {
        if (position < head.length) return copy(head, position, bytes, offset, count);
        if (position < fileEnd) return readFile(position, bytes, offset, count);
        return copy(tail, position - fileEnd, bytes, offset, count);
    }

    /** What a read behind the end gives. */
    int atEnd() throws IOException {
        return -1;
    }

    private static int copy(byte[] source, long position, byte[] bytes, int offset, int count) {
        int n = (int) Math.min(count, source.length - position);
        System.arraycopy(source, (int) position, bytes, offset, n);
        return n;
    }

    private int readFile(long position, byte[] bytes, int offset, int count) throws IOException {
        if (position < bufferStart || position >= bufferStart + buffer.limit()) {
            buffer.clear();
            bufferStart = position;
            int got = file.read(buffer, position - head.length + from);
            buffer.flip();
            if (got <= 0) return 0;
        }
        int start = (int) (position - bufferStart);
        int n = Math.min(count, buffer.limit() - start);
        buffer.get(start, bytes, offset, n);
        return n;
    }

    /** For decoders that would make up pixels where the file is cut off: asking for more is an error. */
    static class Strict extends SplicedStream {
        /** The WebP decoder tries for the next byte with each of its last bits and takes a no; not for ever. */
        private static final int PATIENCE = 1000;

        private int attempts;

        Strict(byte[] head, FileChannel file, long from) throws IOException {
            super(head, file, from, new byte[0]);
        }

        @Override
        int atEnd() throws IOException {
            String reason = "the file ends before its last pixels";
            throw ++attempts > PATIENCE ? new IOException(reason) : new EOFException(reason);
        }
    }
}
