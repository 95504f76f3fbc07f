package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The segments of a JPEG (ITU-T T.81) before its first scan: size, colour transform, EXIF, resolution, ICC profile; and the tables alone,
 * as a header for the decoder, with one Adobe marker that states the transform, so that nothing is left to guess.
 */
final class JpegSegments {
    private static final int MAX_TABLE_BYTES = 1 << 20;
    private static final String CONVERT = "Save it as an ordinary (baseline or progressive, 8-bit) JPEG or as PNG.";

    private final ByteArrayOutputStream tables = new ByteArrayOutputStream();
    private final SortedMap<Integer, byte[]> iccParts = new TreeMap<>();
    private int frameMarker;
    private ByteBuffer frame = ByteBuffer.allocate(0);
    private boolean jfif;
    private int adobeTransform = -1;
    private OptionalDouble jfifDpi = OptionalDouble.empty();
    private Exif exif = Exif.NOTHING;
    private int iccBytes;
    private int firstScanComponents;
    private long scanPosition;

    static JpegSegments read(FileBytes file) throws IOException {
        JpegSegments segments = new JpegSegments();
        segments.walk(file);
        return segments;
    }

    private void walk(FileBytes file) throws IOException {
        long position = 2;
        while (true) {
            int marker = file.read(position, 2).getShort() & 0xFFFF;
            if (marker == 0xFFFF) {
                position++;
                continue;
            }
            if (marker < 0xFFC0) throw new IOException("a marker is missing at byte " + position);
            if (marker == 0xFFD9) throw new IOException("it holds no pixels");
            int length = file.read(position + 2, 2).getShort() & 0xFFFF;
            if (length < 2) throw new IOException("a segment at byte " + position + " has no length");
            ByteBuffer data = file.read(position + 4, length - 2);
            if (marker == 0xFFDA) {
                if (frameMarker == 0 || !data.hasRemaining())
                    throw new IOException("its pixels begin before its header");
                firstScanComponents = data.get(0) & 0xFF;
                scanPosition = position;
                return;
            }
            segment(marker, data);
            position += 2L + length;
        }
    }

    private void segment(int marker, ByteBuffer data) throws IOException {
        switch (marker) {
            case 0xFFE0 -> jfif(data);
            case 0xFFE1 -> {
                if (startsWith(data, "Exif\0\0")) exif = Exif.parse(data.slice(6, data.limit() - 6));
            }
            case 0xFFE2 -> icc(data);
            case 0xFFEE -> {
                if (startsWith(data, "Adobe") && data.limit() >= 12) adobeTransform = data.get(11) & 0xFF;
            }
            case 0xFFC4, 0xFFDB, 0xFFDD -> keep(marker, data);
            case 0xFFC0, 0xFFC1, 0xFFC2 -> frame(marker, data);
            case 0xFFC9, 0xFFCA, 0xFFCC -> throw new UnreadableException("it is coded arithmetically", CONVERT);
            case 0xFFC3, 0xFFC5, 0xFFC6, 0xFFC7, 0xFFCB, 0xFFCD, 0xFFCE, 0xFFCF ->
                throw new UnreadableException("it is a lossless or hierarchical JPEG", CONVERT);
            default -> {}
        }
    }

    private void frame(int marker, ByteBuffer data) throws IOException {
        if (frameMarker != 0) throw new IOException("it has two frame headers");
        if (data.limit() < 6 || data.limit() < 6 + 3 * (data.get(5) & 0xFF))
            throw new IOException("its frame header is cut off");
        frameMarker = marker;
        frame = data;
        if (data.get(0) != 8) throw new UnreadableException("its samples have " + data.get(0) + " bits", CONVERT);
        if (components() != 1 && components() != 3 && components() != 4)
            throw new UnreadableException("it has " + components() + " colour channels", CONVERT);
        Limits.checkSides(width(), height());
        keep(marker, data);
    }

    private void keep(int marker, ByteBuffer data) throws IOException {
        if (tables.size() > MAX_TABLE_BYTES) throw new IOException("its tables take more than a MiB");
        byte[] bytes = new byte[data.limit()];
        data.get(0, bytes);
        putSegment(tables, marker, bytes);
    }

    private static void putSegment(ByteArrayOutputStream out, int marker, byte[] data) {
        out.write(marker >> 8);
        out.write(marker);
        out.write(data.length + 2 >> 8);
        out.write(data.length + 2);
        out.writeBytes(data);
    }

    private void jfif(ByteBuffer data) {
        if (!startsWith(data, "JFIF\0") || data.limit() < 12) return;
        jfif = true;
        int across = data.getShort(8) & 0xFFFF;
        // Density 1 is what writers put that know none.
        if (across <= 1) return;
        if (data.get(7) == 1) jfifDpi = OptionalDouble.of(across);
        if (data.get(7) == 2) jfifDpi = OptionalDouble.of(Exif.hundredths(across * 2.54));
    }

    private void icc(ByteBuffer data) {
        if (!startsWith(data, "ICC_PROFILE\0") || data.limit() < 15) return;
        byte[] part = new byte[data.limit() - 14];
        data.get(14, part);
        iccBytes += part.length;
        if (iccBytes <= IccProfiles.MAX_BYTES) iccParts.putIfAbsent(data.get(12) & 0xFF, part);
    }

    private static boolean startsWith(ByteBuffer data, String prefix) {
        byte[] wanted = prefix.getBytes(ISO_8859_1);
        return data.limit() >= wanted.length && data.slice(0, wanted.length).equals(ByteBuffer.wrap(wanted));
    }

    int width() {
        return frame.getShort(3) & 0xFFFF;
    }

    int height() {
        return frame.getShort(1) & 0xFFFF;
    }

    int components() {
        return frame.get(5) & 0xFF;
    }

    /** Whether the decoder has to hold all coefficients before it can give the first row. */
    boolean severalScans() {
        return frameMarker == 0xFFC2 || firstScanComponents < components();
    }

    /** Whether colours are stored as luma and chroma: Adobe's marker says so, else JFIF implies it, else only components named R, G, B deny it. */
    boolean lumaChroma() {
        if (components() == 1) return false;
        if (adobeTransform >= 0) return adobeTransform != 0;
        if (components() == 4) return false;
        return jfif || !(frame.get(6) == 'R' && frame.get(9) == 'G' && frame.get(12) == 'B');
    }

    /** Adobe's programs store ink amounts inverted, and mark their files. */
    boolean invertedInk() {
        return adobeTransform >= 0;
    }

    Orientation orientation() {
        return exif.orientation();
    }

    Map<String, String> texts() {
        return exif.texts();
    }

    OptionalDouble dpi() {
        return jfifDpi.isPresent() ? jfifDpi : exif.dpi();
    }

    Optional<byte[]> icc() {
        if (iccParts.isEmpty() || iccBytes > IccProfiles.MAX_BYTES) return Optional.empty();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        iccParts.values().forEach(whole::writeBytes);
        return Optional.of(whole.toByteArray());
    }

    /** Start of image, a marker for the colour transform, tables and frame header; the file goes on with {@link #scanPosition}. */
    byte[] decoderHeader() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xFF);
        out.write(0xD8);
        if (components() > 1) {
            boolean transformed = components() == 3 && lumaChroma();
            byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) (transformed ? 1 : 0)};
            putSegment(out, 0xFFEE, adobe);
        }
        out.writeBytes(tables.toByteArray());
        return out.toByteArray();
    }

    long scanPosition() {
        return scanPosition;
    }
}
