package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;

/** What an ICC profile calls itself: its description, in the form of version 2 (desc) or 4 (mluc). */
final class IccName {
    private static final int TAGS = 128;
    private static final int TAG_BYTES = 12;
    private static final int MOST_TAGS = 1000;
    private static final int LONGEST = 200;

    private IccName() {}

    /** Empty where the profile has none or is damaged. */
    static Optional<String> of(byte[] icc) {
        ByteBuffer profile = ByteBuffer.wrap(icc);
        try {
            int tags = Math.min(profile.getInt(TAGS), MOST_TAGS);
            for (int tag = 0; tag < tags; tag++) {
                int at = TAGS + 4 + tag * TAG_BYTES;
                if (name(icc, at).equals("desc")) return description(profile, profile.getInt(at + 4));
            }
            return Optional.empty();
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> description(ByteBuffer profile, int at) {
        return switch (name(profile.array(), at)) {
            case "desc" -> text(profile, at + 12, profile.getInt(at + 8), ISO_8859_1);
            case "mluc" -> text(profile, at + profile.getInt(at + 24), profile.getInt(at + 20), UTF_16BE);
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(ByteBuffer profile, int at, int length, Charset charset) {
        byte[] bytes = new byte[Math.clamp(length, 0, LONGEST)];
        profile.get(at, bytes);
        String text = new String(bytes, charset).replaceAll("\\p{Cntrl}", "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String name(byte[] icc, int at) {
        return new String(icc, at, 4, ISO_8859_1);
    }
}
