package giga.canvas.input;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** What was done to the bytes of a chunk, in the order of writing. At most one of them compresses. */
record ZarrCodecs(List<Kind> kinds) {
    static final ZarrCodecs NONE = new ZarrCodecs(List.of());

    private static final int CHECKSUM_BYTES = 4;

    enum Kind {
        GZIP,
        ZLIB,
        ZSTD,
        CRC32C
    }

    ZarrCodecs {
        if (kinds.stream().filter(kind -> kind != Kind.CRC32C).count() > 1)
            throw new IllegalArgumentException("its chunks are compressed twice");
        kinds = List.copyOf(kinds);
    }

    /** What a name of Zarr's or of numcodecs means. */
    static Kind named(String name) throws UnreadableException {
        return switch (name) {
            case "gzip", "numcodecs.gzip" -> Kind.GZIP;
            case "zlib", "numcodecs.zlib" -> Kind.ZLIB;
            case "zstd", "numcodecs.zstd" -> Kind.ZSTD;
            case "crc32c", "numcodecs.crc32c" -> Kind.CRC32C;
            default ->
                throw new UnreadableException(
                        "its codec \"" + Words.brief(name) + "\" is not read here",
                        "Write it with zstd, gzip or no compression.");
        };
    }

    /** More bytes than {@code length} can honestly take when they are stored. */
    static long mostStored(long length) {
        return 2 * length + (1 << 16);
    }

    /** The {@code length} bytes that {@code stored} holds. @throws IOException when it holds fewer or more, or is damaged */
    byte[] decode(byte[] stored, int length) throws IOException {
        byte[] bytes = stored;
        for (Kind kind : kinds.reversed())
            bytes = switch (kind) {
                case GZIP -> Inflation.gunzip(bytes, length + checksumBytes());
                case ZLIB -> Inflation.exactly(bytes, length + checksumBytes());
                case ZSTD -> zstd(bytes, length + checksumBytes());
                case CRC32C -> checked(bytes);
            };
        if (bytes.length != length) throw new IOException("it holds " + bytes.length + " bytes instead of " + length);
        return bytes;
    }

    /** What checksums add before the compression. */
    private int checksumBytes() {
        int bytes = 0;
        for (Kind kind : kinds) {
            if (kind != Kind.CRC32C) return bytes;
            bytes += CHECKSUM_BYTES;
        }
        return bytes;
    }

    private static byte[] zstd(byte[] stored, int length) throws IOException {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            byte[] bytes = new byte[length];
            int got = context.decompressByteArray(bytes, 0, length, stored, 0, stored.length);
            return got == length ? bytes : Arrays.copyOf(bytes, got);
        } catch (ZstdException e) {
            throw new IOException("its Zstandard data is damaged or longer than " + length + " bytes", e);
        }
    }

    /** Bytes without the checksum behind them, which they must match. */
    static byte[] checked(byte[] stored) throws IOException {
        int length = stored.length - CHECKSUM_BYTES;
        if (length < 0) throw new IOException("it is cut off");
        CRC32C crc = new CRC32C();
        crc.update(stored, 0, length);
        int stated = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
        if ((int) crc.getValue() != stated) throw new IOException("it does not match its checksum");
        return Arrays.copyOf(stored, length);
    }
}
