package giga.canvas.input;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** How the bytes of a TIFF's strip or tile are compressed, but for JPEG, which knows of pixels. */
enum TiffCodec {
    NONE,
    LZW,
    DEFLATE,
    PACKBITS,
    ZSTD;

    private static final Map<Integer, TiffCodec> NUMBERED =
            Map.of(1, NONE, 5, LZW, 8, DEFLATE, 32946, DEFLATE, 32773, PACKBITS, 50000, ZSTD);

    static Optional<TiffCodec> of(int compression) {
        return Optional.ofNullable(NUMBERED.get(compression));
    }

    /**
     * Fills {@code out} as far as the data goes, and says how far that is.
     *
     * @throws IOException when the data is damaged or does not fit
     */
    int decode(byte[] data, byte[] out) throws IOException {
        return switch (this) {
            case NONE -> plain(data, out);
            case LZW -> Lzw.decode(data, out);
            case DEFLATE -> Inflate.fill(data, out);
            case PACKBITS -> packBits(data, out);
            case ZSTD -> zstd(data, out);
        };
    }

    /** Behind plain rows some writers leave the room of a whole tile. */
    private static int plain(byte[] data, byte[] out) {
        int length = Math.min(data.length, out.length);
        System.arraycopy(data, 0, out, 0, length);
        return length;
    }

    private static int packBits(byte[] data, byte[] out) throws IOException {
        int at = 0;
        for (int i = 0; i < data.length; ) {
            int head = data[i++];
            if (head == -128) continue;
            int length = head >= 0 ? head + 1 : 1 - head;
            // Writers end with padding.
            if (at == out.length) return at;
            if (length > out.length - at)
                throw new IOException("its PackBits data is longer than " + out.length + " bytes");
            if (head >= 0) {
                if (length > data.length - i) return at;
                System.arraycopy(data, i, out, at, length);
                i += length;
            } else {
                if (i == data.length) return at;
                Arrays.fill(out, at, at + length, data[i++]);
            }
            at += length;
        }
        return at;
    }

    private static int zstd(byte[] data, byte[] out) throws IOException {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            return context.decompressByteArray(out, 0, out.length, data, 0, data.length);
        } catch (ZstdException e) {
            throw new IOException("its Zstandard data is damaged or longer than " + out.length + " bytes", e);
        }
    }
}
