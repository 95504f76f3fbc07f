package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CastingTest {
    /** Values that every reader of these formats must know. */
    @Test
    void eightBits() {
        assertThat(Casting.fromE4m3((byte) 0x38)).isEqualTo(1);
        assertThat(Casting.fromE4m3((byte) 0x7e)).isEqualTo(448);
        assertThat(Casting.fromE4m3((byte) 0xfe)).isEqualTo(-448);
        assertThat(Casting.fromE4m3((byte) 0x01)).isEqualTo(0x1p-9f);
        assertThat(Casting.fromE4m3((byte) 0x08)).isEqualTo(0x1p-6f);
        assertThat(Casting.fromE4m3((byte) 0x7f)).isNaN();
        assertThat(cast(DType.F8_E5M2, new byte[] {0x3c, 0x7b, 0x7c}, 3))
                .containsExactly(1, 57344, Float.POSITIVE_INFINITY);
    }

    @Property(tries = 1000)
    void bfloat16RoundsToTheNearest(@ForAll float value) {
        float rounded = Float.intBitsToFloat(Casting.toBfloat16(value) << 16);
        float below = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
        float above = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xffff0000) + 0x10000);
        double error = Math.abs((double) rounded - value);
        if (Float.isFinite(above)) {
            assertThat(error).isLessThanOrEqualTo(Math.abs((double) below - value));
            assertThat(error).isLessThanOrEqualTo(Math.abs((double) above - value));
        }
    }

    @Test
    void bfloat16TiesGoToEven() {
        assertThat(Casting.toBfloat16(Float.intBitsToFloat(0x3f808000))).isEqualTo((short) 0x3f80);
        assertThat(Casting.toBfloat16(Float.intBitsToFloat(0x3f818000))).isEqualTo((short) 0x3f82);
        assertThat(Casting.toBfloat16(Float.NaN)).isEqualTo((short) 0x7fc0);
    }

    @Property(tries = 200)
    void halfPrecisionKeepsItsNumbersInFullPrecision(@ForAll short bits) {
        float value = Float.float16ToFloat(bits);
        byte[] stored = {(byte) bits, (byte) (bits >> 8)};
        assertThat(cast(DType.F16, stored, 1)).containsExactly(value);
    }

    @Test
    void whatIsTooLargeForHalfPrecisionIsSaid() {
        byte[] million = {0, 0x24, 0x74, 0x49};
        TensorEntry entry = new TensorEntry("x", DType.F32, List.of(1L), MemorySegment.ofArray(million));
        assertThatThrownBy(() -> Casting.write(entry, DType.F16, Channels.newChannel(new ByteArrayOutputStream())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("too large for fp16");
    }

    private static float[] cast(DType from, byte[] stored, int elements) {
        MemorySegment data = MemorySegment.ofArray(stored);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TensorEntry entry = new TensorEntry("x", from, List.of((long) elements), data);
            Casting.write(entry, DType.F32, Channels.newChannel(out));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        float[] values = new float[elements];
        ByteBuffer.wrap(out.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}
