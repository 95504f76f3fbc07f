package giga.canvas.output;

import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.stream.ImageOutputStreamImpl;

/** Passes what ImageIO writes on to a stream, without its first bytes and without keeping any. */
final class ForwardingImageStream extends ImageOutputStreamImpl {
    private final OutputStream out;
    private final int skipped;

    ForwardingImageStream(OutputStream out, int skipped) {
        this.out = out;
        this.skipped = skipped;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int drop = (int) Math.clamp(skipped - streamPos, 0, length);
        out.write(bytes, offset + drop, length - drop);
        streamPos += length;
    }

    @Override
    public int read() throws IOException {
        throw new IOException("what was written is gone");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
    }
}
