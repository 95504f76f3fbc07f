package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The chunks of a PNG that lie before its pixels (PNG specification, third edition). Read apart from the pixels' library, which would
 * inflate a profile of any size.
 */
record PngChunks(
        int width,
        int height,
        int bits,
        int colourType,
        boolean interlaced,
        Optional<byte[]> icc,
        OptionalDouble dpi,
        Orientation orientation) {
    private static final int SIGNATURE_BYTES = 8;
    private static final int MAX_METADATA_CHUNK = 16 << 20;
    private static final int MAX_CHUNKS = 100_000;

    static PngChunks read(FileChannel file) throws IOException {
        FileBytes bytes = FileBytes.of(file);
        ByteBuffer first = bytes.read(SIGNATURE_BYTES, 25);
        if (first.getInt(0) != 13 || !type(first).equals("IHDR"))
            throw new UnreadableException("the PNG does not begin with its header", "Fetch or export it again.");
        Limits.checkSides(first.getInt(8), first.getInt(12));

        Optional<byte[]> icc = Optional.empty();
        OptionalDouble dpi = OptionalDouble.empty();
        Orientation orientation = Orientation.UPRIGHT;
        long position = SIGNATURE_BYTES;
        for (int i = 0; i < MAX_CHUNKS; i++) {
            ByteBuffer chunk = bytes.read(position, 8);
            int length = chunk.getInt(0);
            String type = type(chunk);
            if (type.equals("IDAT") || length < 0) break;
            if (length <= MAX_METADATA_CHUNK) {
                switch (type) {
                    case "iCCP" -> icc = profile(bytes.read(position + 8, length));
                    case "pHYs" -> dpi = resolution(bytes.read(position + 8, length));
                    case "eXIf" ->
                        orientation =
                                Exif.parse(bytes.read(position + 8, length)).orientation();
                    default -> {}
                }
            }
            position += 12L + length;
        }
        return new PngChunks(
                first.getInt(8),
                first.getInt(12),
                first.get(16),
                first.get(17),
                first.get(20) != 0,
                icc,
                dpi,
                orientation);
    }

    int samplesPerPixel() {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 4 -> 2;
            case 2 -> 3;
            default -> 4;
        };
    }

    private static String type(ByteBuffer chunk) {
        return new String(chunk.array(), chunk.arrayOffset() + 4, 4, ISO_8859_1);
    }

    private static OptionalDouble resolution(ByteBuffer data) {
        if (data.remaining() != 9 || data.get(8) != 1 || data.getInt(0) <= 0) return OptionalDouble.empty();
        return OptionalDouble.of(Exif.hundredths(data.getInt(0) * 0.0254));
    }

    /** Name, zero, method 0, deflated profile; a damaged profile is left out, as it does not touch the pixels. */
    private static Optional<byte[]> profile(ByteBuffer data) {
        int name = 0;
        while (name < data.limit() && data.get(name) != 0) name++;
        if (name + 2 >= data.limit()) return Optional.empty();
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data.position(name + 2));
            byte[] icc = new byte[4096];
            int length = 0;
            while (!inflater.finished()) {
                int got = inflater.inflate(icc, length, icc.length - length);
                length += got;
                if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) return Optional.empty();
                if (length == icc.length && length >= IccProfiles.MAX_BYTES) return Optional.empty();
                if (length == icc.length) icc = Arrays.copyOf(icc, 2 * length);
            }
            return Optional.of(Arrays.copyOf(icc, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }
}
