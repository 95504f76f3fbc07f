package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a mapped zip archive (PKWARE's APPNOTE, with zip64). Java's own reader cannot tell where an entry lies,
 * and what is stored uncompressed must stay in the mapping: models have gigabytes.
 */
final class ZipDirectory {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int END = 0x06054b50;
    private static final int END_64_LOCATOR = 0x07064b50;
    private static final int END_64 = 0x06064b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int BLOCK = 1 << 20;
    /** What deflate can make of a byte at most, with some air. */
    private static final long MOST_EXPANSION = 1100;

    private static final long MOST_INFLATED_BY = 8;
    private static final long MOST_INFLATED = 256 << 20;

    private final MemorySegment file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, MemorySegment> inflated = new HashMap<>();
    private long inflatedBytes;

    private record Entry(int method, long compressed, long size, long header) {}

    ZipDirectory(MemorySegment file) {
        this.file = file;
        try {
            read();
        } catch (IndexOutOfBoundsException e) {
            throw damaged();
        }
    }

    Iterable<String> names() {
        return entries.keySet();
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * An entry's bytes: a piece of the file where it is stored, else inflated once.
     *
     * @param most bytes that it may have
     */
    MemorySegment bytes(String name, long most, SegmentAllocator memory) {
        Entry entry = entries.get(name);
        if (entry == null)
            throw new ModelException(
                    "it is incomplete: %s is missing; download or copy it again".formatted(Names.show(name)));
        if (entry.size() > most)
            throw new ModelException("its entry %s has %,d bytes, more than the %,d that it may have"
                    .formatted(Names.show(name), entry.size(), most));
        try {
            if (file.get(INT, entry.header()) != LOCAL) throw damaged();
            long begin = entry.header() + 30 + unsigned(entry.header() + 26) + unsigned(entry.header() + 28);
            MemorySegment data = file.asSlice(begin, entry.compressed());
            return switch (entry.method()) {
                case 0 -> data;
                case 8 -> inflated.computeIfAbsent(name, _ -> inflate(data, budgeted(entry.size()), memory));
                default ->
                    throw new ModelException("it is compressed by method %d; save it anew".formatted(entry.method()));
            };
        } catch (IndexOutOfBoundsException e) {
            throw damaged();
        }
    }

    private void read() {
        long end = findEnd();
        long count = unsigned(end + 10);
        long at = unsignedInt(end + 16);
        if (at == IN_ZIP64 || count == 0xFFFF) {
            long locator = end - 20;
            if (file.get(INT, locator) != END_64_LOCATOR) throw damaged();
            long end64 = file.get(LONG, locator + 8);
            if (file.get(INT, end64) != END_64) throw damaged();
            count = file.get(LONG, end64 + 32);
            at = file.get(LONG, end64 + 48);
        }
        if (count < 0 || count > MOST_ENTRIES) throw damaged();
        for (long i = 0; i < count; i++) at = readEntry(at);
    }

    private long readEntry(long at) {
        if (file.get(INT, at) != ENTRY) throw damaged();
        if ((unsigned(at + 8) & 1) != 0) throw new ModelException("it is encrypted");
        int nameLength = unsigned(at + 28);
        int extraLength = unsigned(at + 30);
        long compressed = unsignedInt(at + 20);
        long size = unsignedInt(at + 24);
        long header = unsignedInt(at + 42);
        long extra = at + 46 + nameLength;
        for (long field = extra; field + 4 <= extra + extraLength; field += 4 + unsigned(field + 2)) {
            if (unsigned(field) != 1) continue;
            long value = field + 4;
            if (size == IN_ZIP64) {
                size = file.get(LONG, value);
                value += 8;
            }
            if (compressed == IN_ZIP64) {
                compressed = file.get(LONG, value);
                value += 8;
            }
            if (header == IN_ZIP64) header = file.get(LONG, value);
        }
        if (size < 0 || compressed < 0 || header < 0) throw damaged();
        String name =
                new String(file.asSlice(at + 46, nameLength).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        entries.putIfAbsent(name, new Entry(unsigned(at + 10), compressed, size, header));
        return extra + extraLength + unsigned(at + 32);
    }

    private long findEnd() {
        long lowest = Math.max(0, file.byteSize() - 22 - LONGEST_COMMENT);
        for (long at = file.byteSize() - 22; at >= lowest; at--) if (file.get(INT, at) == END) return at;
        throw new ModelException("it is cut off: the end of a zip archive is missing; download or copy it again");
    }

    /** Entries may share their compressed bytes; weights hardly shrink at all. */
    private long budgeted(long size) {
        inflatedBytes += size;
        if (inflatedBytes > MOST_INFLATED_BY * file.byteSize() + MOST_INFLATED)
            throw new ModelException("it would grow to more than %,d bytes when unpacked".formatted(inflatedBytes));
        return size;
    }

    private static MemorySegment inflate(MemorySegment data, long size, SegmentAllocator memory) {
        if (size > data.byteSize() * MOST_EXPANSION + BLOCK || data.byteSize() > Integer.MAX_VALUE) throw damaged();
        MemorySegment whole = memory.allocate(Math.max(1, size)).asSlice(0, size);
        Inflater inflater = new Inflater(true);
        try {
            byte[] block = new byte[(int) Math.min(BLOCK, Math.max(1, size))];
            inflater.setInput(data.asByteBuffer());
            long done = 0;
            while (done < size) {
                int count = inflater.inflate(block);
                if (count == 0 || count > size - done) throw damaged();
                MemorySegment.copy(block, 0, whole, ValueLayout.JAVA_BYTE, done, count);
                done += count;
            }
            return whole;
        } catch (DataFormatException e) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private int unsigned(long at) {
        return Short.toUnsignedInt(file.get(SHORT, at));
    }

    private long unsignedInt(long at) {
        return Integer.toUnsignedLong(file.get(INT, at));
    }

    private static ModelException damaged() {
        return new ModelException("it is a damaged zip archive; download or copy it again");
    }
}
