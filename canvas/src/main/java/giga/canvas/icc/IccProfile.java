package giga.canvas.icc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import giga.canvas.PictureException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An ICC profile of versions 2 and 4 whose header and table of tags were checked, as nothing else may reach LittleCMS.
 *
 * @see <a href="https://www.color.org/specification/ICC.1-2022-05.pdf">ICC.1:2022</a>
 */
public final class IccProfile {
    private static final int HEADER = 128;
    private static final int TAG_BYTES = 12;
    private static final int MOST_TAGS = 200;
    /** No profile of a printer or screen is larger; what claims to be is hostile. */
    private static final int MOST_BYTES = 64 << 20;

    /** The colours of a device, with the number of its samples. */
    public enum Space {
        GREY("GRAY", 1),
        RGB("RGB ", 3),
        CMYK("CMYK", 4);

        private final String signature;
        private final int channels;

        Space(String signature, int channels) {
            this.signature = signature;
            this.channels = channels;
        }

        public int channels() {
            return channels;
        }
    }

    private final String name;
    private final byte[] bytes;
    private final Space space;
    private final Map<String, ByteBuffer> tags = new LinkedHashMap<>();

    private IccProfile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
        checkHeader();
        this.space = Arrays.stream(Space.values())
                .filter(known -> known.signature.equals(signature(16)))
                .findFirst()
                .orElseThrow(() -> refused(
                        "is for the colours '" + printable(signature(16)) + "'; only RGB, CMYK and grey can be used"));
        readTags();
    }

    /**
     * @param name for messages
     * @throws PictureException when the bytes are no profile, damaged, or of a colour space other than RGB, CMYK and grey
     */
    public static IccProfile of(String name, byte[] bytes) {
        return new IccProfile(name, bytes.clone());
    }

    /** @throws PictureException as {@link #of}, or when the file cannot be read */
    public static IccProfile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return new IccProfile(file.toString(), bytes);
        } catch (NoSuchFileException e) {
            throw new PictureException(file + ": there is no such file. Give the ICC profile of the printer.", e);
        } catch (IOException e) {
            throw new PictureException(file + ": this ICC profile cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** What pictures without a profile are meant in. */
    public static IccProfile srgb() {
        return new IccProfile(
                "sRGB", ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    }

    private void checkHeader() {
        if (bytes.length > MOST_BYTES) throw refused("is larger than any profile");
        if (bytes.length < HEADER + 4 || !signature(36).equals("acsp")) throw refused("is no ICC profile");
        long length = number(0);
        if (length > bytes.length)
            throw refused("is cut short: it says it has " + length + " bytes, and has " + bytes.length);
        if (length < HEADER + 4) throw refused("says it has " + length + " bytes, fewer than its header");
        int version = bytes[8];
        if (version != 2 && version != 4)
            throw refused("is of version " + version + " of the format; only 2 and 4 can be used");
        if (!signature(20).equals("XYZ ") && !signature(20).equals("Lab "))
            throw refused("connects to the colours '" + printable(signature(20)) + "' instead of XYZ or Lab");
    }

    private void readTags() {
        long count = number(HEADER);
        long length = number(0);
        long begin = HEADER + 4 + TAG_BYTES * count;
        if (count < 1 || count > MOST_TAGS || begin > length) throw refused("says it has " + count + " tags");
        for (int i = 0; i < count; i++) {
            int entry = HEADER + 4 + TAG_BYTES * i;
            long at = number(entry + 4);
            long size = number(entry + 8);
            if (at < begin || size < 8 || at + size > length)
                throw refused("is damaged: its tag '" + printable(signature(entry)) + "' lies outside");
            tags.putIfAbsent(
                    signature(entry),
                    ByteBuffer.wrap(bytes, (int) at, (int) size).slice());
        }
    }

    public Space space() {
        return space;
    }

    /** The file it came from, or what else it is known as. */
    public String name() {
        return name;
    }

    /** All of it, as it is put into files. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What it is a profile of: {@code prtr} output, {@code mntr} display, {@code scnr} input, {@code spac} colour space … */
    String deviceClass() {
        return signature(12);
    }

    boolean isVersion4() {
        return bytes[8] == 4;
    }

    boolean connectsToLab() {
        return signature(20).equals("Lab ");
    }

    boolean has(String tag) {
        return tags.containsKey(tag);
    }

    /** A tag's bytes, its type first. */
    Optional<ByteBuffer> tag(String name) {
        return Optional.ofNullable(tags.get(name)).map(ByteBuffer::duplicate);
    }

    PictureException refused(String reason) {
        return new PictureException(name + ": this profile " + reason + ". Give another.");
    }

    private long number(int at) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(at));
    }

    private String signature(int at) {
        return new String(bytes, at, 4, ISO_8859_1);
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7E]", "?").strip();
    }
}
