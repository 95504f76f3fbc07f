package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Writes a tensor's numbers in another floating-point format, rounded to the nearest, ties to even. */
final class Casting {
    private static final int CHUNK = 1 << 20;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Casting() {}

    static boolean isFloating(DType dtype) {
        return switch (dtype) {
            case F8_E4M3, F8_E5M2, F16, BF16, F32, F64 -> true;
            default -> false;
        };
    }

    /**
     * Little-endian, in the order of the file; the bytes as they are where the format stays.
     *
     * @throws ModelException where a number is too large for the format
     */
    static void write(TensorEntry entry, DType to, WritableByteChannel out) throws IOException {
        if (to == entry.dtype()) {
            writeAll(entry.data(), out);
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        long elements = entry.elements();
        for (long i = 0; i < elements; i++) {
            float value = at(entry, i);
            if (to == DType.F16
                    && Float.isFinite(value)
                    && Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(value)))) {
                throw new ModelException("tensor %s has the value %g, too large for fp16; use bf16 or fp32"
                        .formatted(Names.show(entry.name()), value));
            }
            put(value, to, chunk);
            if (chunk.remaining() < to.bytes() || i == elements - 1) {
                drain(chunk.flip(), out);
                chunk.clear();
            }
        }
    }

    /** Doubles lose digits to float first; what comes out differs at most in a tie. */
    private static float at(TensorEntry entry, long i) {
        MemorySegment data = entry.data();
        return switch (entry.dtype()) {
            case F16 -> Float.float16ToFloat(data.get(SHORT, 2 * i));
            case BF16 -> Float.intBitsToFloat(data.get(SHORT, 2 * i) << 16);
            case F32 -> Float.intBitsToFloat(data.get(INT, 4 * i));
            case F64 -> (float) Double.longBitsToDouble(data.get(LONG, 8 * i));
            case F8_E5M2 -> Float.float16ToFloat((short) (data.get(ValueLayout.JAVA_BYTE, i) << 8));
            case F8_E4M3 -> fromE4m3(data.get(ValueLayout.JAVA_BYTE, i));
            default -> throw new IllegalArgumentException(entry.dtype() + " holds no floating-point numbers");
        };
    }

    private static void put(float value, DType to, ByteBuffer out) {
        switch (to) {
            case F16 -> out.putShort(Float.floatToFloat16(value));
            case BF16 -> out.putShort(toBfloat16(value));
            case F32 -> out.putFloat(value);
            default -> throw new IllegalArgumentException("cannot write " + to);
        }
    }

    /** One sign bit, four of the exponent (bias 7), three of the fraction; no infinities. */
    static float fromE4m3(byte bits) {
        int exponent = bits >> 3 & 15;
        int fraction = bits & 7;
        float size;
        if (exponent == 15 && fraction == 7) {
            size = Float.NaN;
        } else if (exponent == 0) {
            size = fraction * 0x1p-9f;
        } else {
            size = Math.scalb(1 + fraction / 8f, exponent - 7);
        }
        return bits < 0 ? -size : size;
    }

    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    /** A buffer holds less than a tensor may. */
    private static void writeAll(MemorySegment data, WritableByteChannel out) throws IOException {
        for (long at = 0; at < data.byteSize(); at += CHUNK) {
            drain(data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer(), out);
        }
    }

    private static void drain(ByteBuffer bytes, WritableByteChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
