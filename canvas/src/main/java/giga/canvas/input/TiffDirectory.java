package giga.canvas.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The first image file directory of a TIFF 6.0 or BigTIFF file, or of an EXIF block, which has the same form; or one that it points to. */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int HEIGHT = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTE_COUNTS = 279;
    static final int X_RESOLUTION = 282;
    static final int PLANAR = 284;
    static final int RESOLUTION_UNIT = 296;
    static final int PREDICTOR = 317;
    static final int COLOUR_MAP = 320;
    static final int TILE_WIDTH = 322;
    static final int TILE_HEIGHT = 323;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTE_COUNTS = 325;
    static final int INK_SET = 332;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int JPEG_TABLES = 347;
    static final int EXIF = 34665;
    static final int ICC = 34675;

    private static final int LONG = 4;
    private static final int LONG8 = 16;
    private static final int MAX_NUMBERS = 1 << 24;

    /** One field as it stands in the file; {@code position} is where its values lie. */
    private record Entry(int tag, int type, long count, long position, byte[] raw) {
        int typeBytes() {
            return switch (type) {
                case 1, 2, 6, 7 -> 1;
                case 3, 8 -> 2;
                case 4, 9, 11, 13 -> 4;
                case 5, 10, 12, 16, 17, 18 -> 8;
                default -> 0;
            };
        }
    }

    private final FileBytes file;
    private final boolean big;
    private final ByteOrder order;
    private final Map<Integer, Entry> entries = new TreeMap<>();

    private TiffDirectory(FileBytes file, boolean big, ByteOrder order) {
        this.file = file;
        this.big = big;
        this.order = order;
    }

    static TiffDirectory read(FileBytes file) throws IOException {
        ByteOrder order = file.read(0, 1).get() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        boolean big = file.read(2, 2, order).getShort() == 43;
        TiffDirectory directory = new TiffDirectory(file, big, order);
        directory.readEntries(
                big ? file.read(8, 8, order).getLong() : file.read(4, 4, order).getInt() & 0xFFFFFFFFL);
        return directory;
    }

    /** The directory that a field points to; empty where there is no such field. */
    Optional<TiffDirectory> directory(int tag) throws IOException {
        if (!has(tag)) return Optional.empty();
        TiffDirectory below = new TiffDirectory(file, big, order);
        below.readEntries(number(tag, 0));
        return Optional.of(below);
    }

    private void readEntries(long start) throws IOException {
        long count = big
                ? file.read(start, 8, order).getLong()
                : file.read(start, 2, order).getShort() & 0xFFFF;
        if (count < 1 || count > 0xFFFF) throw new IOException("its directory has " + count + " fields");
        int size = big ? 20 : 12;
        ByteBuffer table = file.read(start + (big ? 8 : 2), (int) count * size, order);
        for (int i = 0; i < count; i++) {
            byte[] raw = new byte[size];
            table.get(i * size, raw);
            Entry entry = entry(ByteBuffer.wrap(raw).order(order), raw, start + (big ? 8 : 2) + (long) i * size);
            entries.putIfAbsent(entry.tag(), entry);
        }
    }

    private Entry entry(ByteBuffer field, byte[] raw, long fieldPosition) {
        int type = field.getShort(2) & 0xFFFF;
        long count = big ? field.getLong(4) : field.getInt(4) & 0xFFFFFFFFL;
        Entry inline = new Entry(field.getShort(0) & 0xFFFF, type, count, fieldPosition + (big ? 12 : 8), raw);
        if (count >= 0 && count <= 8 && count * inline.typeBytes() <= (big ? 8 : 4)) return inline;
        long pointed = big ? field.getLong(12) : field.getInt(8) & 0xFFFFFFFFL;
        return new Entry(inline.tag(), type, count, pointed, raw);
    }

    ByteOrder order() {
        return order;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The first number of a field, or {@code otherwise} where the field is missing. */
    long number(int tag, long otherwise) throws IOException {
        Entry entry = entries.get(tag);
        return entry == null || entry.count() < 1 ? otherwise : numbers(entry, 1)[0];
    }

    /** All numbers of a field; none where it is missing. */
    long[] numbers(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null) return new long[0];
        if (entry.count() < 0 || entry.count() > MAX_NUMBERS)
            throw new IOException("field " + tag + " states " + entry.count() + " values");
        return numbers(entry, (int) entry.count());
    }

    private long[] numbers(Entry entry, int count) throws IOException {
        ByteBuffer data = file.read(entry.position(), Math.multiplyExact(count, entry.typeBytes()), order);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (entry.type()) {
                case 1, 7 -> data.get(i) & 0xFF;
                case 3 -> data.getShort(2 * i) & 0xFFFF;
                case 4, 13 -> data.getInt(4 * i) & 0xFFFFFFFFL;
                case 16, 18 -> data.getLong(8 * i);
                default ->
                    throw new IOException(
                            "field " + entry.tag() + " is of type " + entry.type() + ", not a whole number");
            };
        }
        return values;
    }

    /** The first fraction of a field; NaN where it is missing. */
    double rational(int tag) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.count() < 1 || entry.type() != 5) return Double.NaN;
        ByteBuffer data = file.read(entry.position(), 8, order);
        return (double) (data.getInt(0) & 0xFFFFFFFFL) / (data.getInt(4) & 0xFFFFFFFFL);
    }

    /** A field of bytes, empty where it is missing, of another type or longer than {@code max}. */
    Optional<byte[]> bytes(int tag, int max) throws IOException {
        Entry entry = entries.get(tag);
        if (entry == null || entry.typeBytes() != 1 || entry.count() < 1 || entry.count() > max)
            return Optional.empty();
        byte[] value = new byte[(int) entry.count()];
        file.read(entry.position(), value.length).get(value);
        return Optional.of(value);
    }

    /** A file header that points to a directory at {@code position}. */
    byte[] headerFor(long position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(big ? 16 : 8).order(order);
        header.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
        if (big)
            return header.putShort((short) 43)
                    .putShort((short) 8)
                    .putShort((short) 0)
                    .putLong(position)
                    .array();
        if (position > 0xFFFFFFFFL)
            throw new UnreadableException("the TIFF is larger than 4 GiB", "Save it as BigTIFF.");
        return header.putShort((short) 42).putInt((int) position).array();
    }

    /**
     * This directory as it would stand at {@code position} of the file, cut down to the fields {@code kept}, with those of
     * {@code changed} in place of the file's.
     */
    byte[] written(long position, Set<Integer> kept, Map<Integer, long[]> changed) {
        List<Integer> tags = new ArrayList<>(new TreeMap<>(entries).keySet());
        tags.removeIf(tag -> !kept.contains(tag) || changed.containsKey(tag));
        tags.addAll(changed.keySet());
        tags.sort(null);
        int numberBytes = big ? 8 : 4;
        int table = (big ? 8 : 2) + tags.size() * (big ? 20 : 12) + numberBytes;
        int arrays =
                changed.values().stream().mapToInt(v -> v.length * numberBytes).reduce(0, Math::addExact);
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(table, arrays)).order(order);
        ByteBuffer behind = out.slice(table, arrays).order(order);
        if (big) out.putLong(tags.size());
        else out.putShort((short) tags.size());
        for (int tag : tags) {
            if (!changed.containsKey(tag)) out.put(entries.get(tag).raw());
            else putNumbers(out, tag, changed.get(tag), behind, position + table);
        }
        return out.array();
    }

    private void putNumbers(ByteBuffer out, int tag, long[] values, ByteBuffer behind, long behindPosition) {
        out.putShort((short) tag).putShort((short) (big ? LONG8 : LONG));
        putNumber(out, values.length);
        putNumber(out, values.length == 1 ? values[0] : behindPosition + behind.position());
        if (values.length > 1) for (long value : values) putNumber(behind, value);
    }

    private void putNumber(ByteBuffer out, long value) {
        if (big) out.putLong(value);
        else out.putInt((int) value);
    }
}
