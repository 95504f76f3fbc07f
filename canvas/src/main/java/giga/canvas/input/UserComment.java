package giga.canvas.input;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;

/** The text of EXIF's UserComment: eight bytes that name its characters, then the text. */
final class UserComment {
    static final int TAG = 37510;
    static final byte[] UNICODE = {'U', 'N', 'I', 'C', 'O', 'D', 'E', 0};

    private static final int CODE_BYTES = 8;
    private static final byte[] ASCII = {'A', 'S', 'C', 'I', 'I', 0, 0, 0};

    private UserComment() {}

    static String decode(byte[] value) {
        byte[] code = Arrays.copyOf(value, CODE_BYTES);
        byte[] rest = Arrays.copyOfRange(value, Math.min(CODE_BYTES, value.length), value.length);
        String text;
        if (Arrays.equals(code, UNICODE)) text = new String(rest, utf16(rest));
        else if (Arrays.equals(code, ASCII) || Arrays.equals(code, new byte[CODE_BYTES]))
            text = new String(rest, UTF_8);
        else text = new String(value, UTF_8);
        return text.replace("\uFEFF", "").replace("\0", "").strip();
    }

    /** The standard leaves the order of bytes open, and writers differ: most letters have a zero in their upper byte. */
    private static Charset utf16(byte[] bytes) {
        int zeros = 0;
        for (int i = 0; i + 1 < bytes.length; i += 2) zeros += (bytes[i] == 0 ? 1 : 0) - (bytes[i + 1] == 0 ? 1 : 0);
        return zeros < 0 ? UTF_16LE : UTF_16BE;
    }
}
