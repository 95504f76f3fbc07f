package giga.canvas.input;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Counts the scans of a progressive JPEG, because the decoder draws the whole picture after each and only the last is wanted. */
final class JpegScans {
    /** An ordinary file has about ten; a hostile one has thousands, each as much work as a whole picture. */
    private static final int MAX_SCANS = 100;

    private JpegScans() {}

    static int count(FileChannel file, long firstScan) throws IOException {
        file.position(firstScan);
        InputStream in = new BufferedInputStream(Channels.newInputStream(file), 1 << 16);
        int scans = 0;
        while (true) {
            int marker = nextMarker(in);
            if (marker == 0xD9) return scans;
            if (marker == 0xDA && ++scans > MAX_SCANS)
                throw new IOException("it has more than " + MAX_SCANS + " scans");
            int length = byteOf(in) << 8 | byteOf(in);
            in.skipNBytes(Math.max(0, length - 2));
        }
    }

    /** Skips coded data, in which a byte FF is followed by 00 or by a restart marker (D0 to D7). */
    private static int nextMarker(InputStream in) throws IOException {
        while (true) {
            if (byteOf(in) != 0xFF) continue;
            int second = byteOf(in);
            while (second == 0xFF) second = byteOf(in);
            if (second != 0 && (second & 0xF8) != 0xD0) return second;
        }
    }

    private static int byteOf(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) throw new EOFException("the file ends before its last scan");
        return value;
    }
}
