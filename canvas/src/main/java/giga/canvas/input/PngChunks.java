package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The chunks of a PNG that tell about its pixels, and its texts (PNG specification, third edition). Read apart from the pixels' library, which would
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
        Orientation orientation,
        Map<String, String> texts) {
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
        Exif exif = Exif.NOTHING;
        PngTexts texts = new PngTexts();
        boolean pixels = false;
        long position = SIGNATURE_BYTES;
        for (int i = 0; i < MAX_CHUNKS; i++) {
            // What comes behind the first pixels is not needed to show them, so that a file may end there.
            if (pixels && position + 8 > bytes.size()) break;
            ByteBuffer chunk = bytes.read(position, 8);
            int length = chunk.getInt(0);
            String type = type(chunk);
            if (type.equals("IEND") || length < 0) break;
            pixels |= type.equals("IDAT");
            boolean whole = length <= MAX_METADATA_CHUNK && (!pixels || position + 8 + length <= bytes.size());
            if (whole && PngTexts.isText(type)) texts.add(type, bytes.read(position + 8, length));
            if (whole && !pixels) {
                switch (type) {
                    case "iCCP" -> icc = profile(bytes.read(position + 8, length));
                    case "pHYs" -> dpi = resolution(bytes.read(position + 8, length));
                    case "eXIf" -> exif = Exif.parse(bytes.read(position + 8, length));
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
                exif.orientation(),
                texts(texts, exif));
    }

    private static Map<String, String> texts(PngTexts texts, Exif exif) {
        exif.comment().ifPresent(text -> texts.byKeyword().putIfAbsent(PictureInfo.PARAMETERS, text));
        return texts.byKeyword();
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
        return Inflation.inflate(data.position(name + 2), IccProfiles.MAX_BYTES);
    }
}
