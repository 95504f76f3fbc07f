package giga.canvas.output;

import java.io.ByteArrayOutputStream;

/**
 * What a baseline JPEG's samples are coded with: the example tables of ITU T.81, Annex K, the quantizers scaled by a
 * quality of 1 to 100 as the Independent JPEG Group does.
 */
final class JpegTables {
    /** Places of a block's coefficients, row by row, in the order they are coded. */
    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private static final int[] LUMA = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final int[] CHROMA = {
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99
    };

    private static final int[] DC_LUMA_LENGTHS = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] DC_CHROMA_LENGTHS = {0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    private static final int[] AC_LUMA_LENGTHS = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D};
    private static final int[] AC_CHROMA_LENGTHS = {0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77};
    private static final int[] DC_VALUES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] AC_LUMA_VALUES = {
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
        0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72,
        0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34, 0x35, 0x36, 0x37,
        0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
        0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83,
        0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3,
        0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3,
        0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2,
        0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA
    };
    private static final int[] AC_CHROMA_VALUES = {
        0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
        0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62, 0x72, 0xD1,
        0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x35, 0x36,
        0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
        0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A,
        0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A,
        0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA,
        0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA,
        0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA
    };

    /**
     * The codes of a component, each in the upper bits of an int, with its length in the lowest five.
     *
     * @param dc by symbol
     * @param ac by symbol
     * @param small by run and value, for values nearer to zero than {@value #SMALL}: the code with the value's bits behind it
     */
    record Codes(int[] dc, int[] ac, int[] small) {
        static final int SMALL = 32;

        private static Codes of(int[] dc, int[] ac) {
            int[] small = new int[16 * 2 * SMALL];
            for (int run = 0; run < 16; run++)
                for (int value = 1 - SMALL; value < SMALL; value++)
                    if (value != 0) small[2 * SMALL * run + SMALL + value] = withBits(ac, run << 4, value);
            return new Codes(dc, ac, small);
        }

        /** The code of a symbol made of {@code run} and the count of a value's bits, with these bits behind it. */
        static int withBits(int[] codes, int run, int value) {
            int sign = value >> 31;
            int size = 32 - Integer.numberOfLeadingZeros((value ^ sign) - sign);
            int code = codes[run | size];
            return ((code >>> 5) << size | value + sign & (1 << size) - 1) << 5 | (code & 31) + size;
        }
    }

    static final Codes LUMA_CODES = Codes.of(codes(DC_LUMA_LENGTHS, DC_VALUES), codes(AC_LUMA_LENGTHS, AC_LUMA_VALUES));
    static final Codes CHROMA_CODES =
            Codes.of(codes(DC_CHROMA_LENGTHS, DC_VALUES), codes(AC_CHROMA_LENGTHS, AC_CHROMA_VALUES));

    private final int[] luma;
    private final int[] chroma;
    private final float[] lumaFactors;
    private final float[] chromaFactors;

    JpegTables(int quality) {
        if (quality < 1 || quality > 100) throw new IllegalArgumentException("quality " + quality + ", not 1 to 100");
        this.luma = scaled(LUMA, quality);
        this.chroma = scaled(CHROMA, quality);
        this.lumaFactors = JpegTransform.factors(luma);
        this.chromaFactors = JpegTransform.factors(chroma);
    }

    private static int[] scaled(int[] table, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int[] scaled = new int[64];
        for (int i = 0; i < 64; i++) scaled[i] = Math.clamp((table[i] * percent + 50) / 100, 1, 255);
        return scaled;
    }

    private static int[] codes(int[] lengths, int[] values) {
        int[] codes = new int[256];
        int code = 0;
        int next = 0;
        for (int length = 1; length <= 16; length++, code <<= 1)
            for (int i = 0; i < lengths[length - 1]; i++) codes[values[next++]] = code++ << 5 | length;
        return codes;
    }

    /** Quantizers of luma (component 0) or chroma, row by row. */
    int[] quantizers(int component) {
        return component == 0 ? luma : chroma;
    }

    /** The same for {@link JpegTransform}. */
    float[] factors(int component) {
        return component == 0 ? lumaFactors : chromaFactors;
    }

    /** The segments that define all tables. */
    byte[] segments() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDB, 0, (byte) (2 + 2 * 65)});
        for (int id = 0; id < 2; id++) {
            out.write(id);
            for (int place : ZIGZAG) out.write(quantizers(id)[place]);
        }
        putCodes(out, 0x00, DC_LUMA_LENGTHS, DC_VALUES);
        putCodes(out, 0x10, AC_LUMA_LENGTHS, AC_LUMA_VALUES);
        putCodes(out, 0x01, DC_CHROMA_LENGTHS, DC_VALUES);
        putCodes(out, 0x11, AC_CHROMA_LENGTHS, AC_CHROMA_VALUES);
        return out.toByteArray();
    }

    private static void putCodes(ByteArrayOutputStream out, int id, int[] lengths, int[] values) {
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC4, 0, (byte) (2 + 17 + values.length), (byte) id});
        for (int count : lengths) out.write(count);
        for (int value : values) out.write(value);
    }
}
