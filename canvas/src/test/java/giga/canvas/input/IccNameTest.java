package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IccNameTest {
    @Test
    void bothFormsOfDescription() {
        assertThat(IccName.of(profile("mluc", 1, 12, 0x656E5553, 8, 28, "\0P\08\0\u00fc\0!")))
                .hasValue("P8\u00fc!");
        assertThat(IccName.of(profile("desc", 11, "Display P3\0"))).hasValue("Display P3");
        assertThat(IccName.of(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData()))
                .hasValueSatisfying(name -> assertThat(name).containsIgnoringCase("sRGB"));
    }

    @Test
    void damagedProfilesHaveNoName() {
        assertThat(IccName.of(new byte[0])).isEmpty();
        assertThat(IccName.of(new byte[200])).isEmpty();
        byte[] whole = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            byte[] copy = whole.clone();
            for (int change = random.nextInt(6); change >= 0; change--)
                copy[128 + random.nextInt(300)] = (byte) random.nextInt();
            assertThat(IccName.of(copy).orElse("").length()).isLessThanOrEqualTo(200);
        }
    }

    /** A profile whose only tag is a description of these words and numbers. */
    private static byte[] profile(String type, Object... parts) {
        ByteBuffer icc = ByteBuffer.allocate(300);
        icc.putInt(128, 1);
        icc.position(132);
        icc.put(latin("desc")).putInt(144).putInt(156).put(latin(type)).putInt(0);
        for (Object part : parts) {
            if (part instanceof Integer number) icc.putInt(number);
            else icc.put(latin(part.toString()));
        }
        return icc.array();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
