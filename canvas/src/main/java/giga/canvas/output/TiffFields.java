package giga.canvas.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** An image file directory to be written, little-endian, in the form of TIFF 6.0 or of BigTIFF. */
final class TiffFields {
    private static final int ASCII = 2;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    private static final int UNDEFINED = 7;
    private static final int LONG8 = 16;
    private static final int RATIONAL_BASE = 10_000;

    private record Field(int type, long count, byte[] value) {}

    private final Map<Integer, Field> fields = new TreeMap<>();
    private final boolean big;

    TiffFields(boolean big) {
        this.big = big;
    }

    TiffFields shorts(int tag, int... values) {
        ByteBuffer bytes = bytes(2 * values.length);
        for (int value : values) bytes.putShort((short) value);
        return put(tag, SHORT, values.length, bytes.array());
    }

    TiffFields integers(int tag, int... values) {
        ByteBuffer bytes = bytes(4 * values.length);
        for (int value : values) bytes.putInt(value);
        return put(tag, LONG, values.length, bytes.array());
    }

    /** Places in the file, as wide as the form has them. */
    TiffFields offsets(int tag, long... values) {
        ByteBuffer bytes = bytes(offsetBytes() * values.length);
        for (long value : values) putOffset(bytes, value);
        return put(tag, big ? LONG8 : LONG, values.length, bytes.array());
    }

    TiffFields fraction(int tag, double value) {
        return put(
                tag,
                RATIONAL,
                1,
                bytes(8).putInt((int) Math.round(value * RATIONAL_BASE))
                        .putInt(RATIONAL_BASE)
                        .array());
    }

    TiffFields text(int tag, String value) {
        byte[] bytes = (value.replace("\0", "") + "\0").getBytes(UTF_8);
        return put(tag, ASCII, bytes.length, bytes);
    }

    TiffFields undefined(int tag, byte[] value) {
        return put(tag, UNDEFINED, value.length, value);
    }

    private TiffFields put(int tag, int type, long count, byte[] value) {
        fields.put(tag, new Field(type, count, value));
        return this;
    }

    /** How many bytes {@link #written} gives. */
    long length() {
        long length = tableBytes();
        for (Field field : fields.values()) length += outside(field);
        return length;
    }

    /** The directory as it stands at {@code position}, an even one, with the values that its table cannot hold behind it. */
    byte[] written(long position, long nextDirectory) {
        ByteBuffer out = bytes(Math.toIntExact(length()));
        if (big) out.putLong(fields.size());
        else out.putShort((short) fields.size());
        int behind = tableBytes();
        for (Map.Entry<Integer, Field> entry : fields.entrySet()) {
            Field field = entry.getValue();
            out.putShort(entry.getKey().shortValue()).putShort((short) field.type());
            putOffset(out, field.count());
            if (outside(field) == 0) {
                out.put(field.value()).position(out.position() + offsetBytes() - field.value().length);
            } else {
                putOffset(out, position + behind);
                out.put(behind, field.value());
                behind += outside(field);
            }
        }
        putOffset(out, nextDirectory);
        return out.array();
    }

    private int tableBytes() {
        return (big ? 8 : 2) + fields.size() * (big ? 20 : 12) + offsetBytes();
    }

    /** What a value takes behind the table: values begin at even places. */
    private int outside(Field field) {
        int length = field.value().length;
        return length <= offsetBytes() ? 0 : Math.addExact(length, length % 2);
    }

    private int offsetBytes() {
        return big ? 8 : 4;
    }

    private void putOffset(ByteBuffer out, long value) {
        if (big) out.putLong(value);
        else out.putInt((int) value);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
