package giga.canvas.icc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A profile put together from tags; tags of the same bytes share them. Version 2.4, so that LittleCMS adds nothing of its own. */
final class ProfileBytes {
    static final double[] D50 = {0.9642, 1, 0.8249};
    private static final int HEADER = 128;
    private static final int VERSION = 0x02400000;

    private final Map<String, ByteBuffer> tags = new LinkedHashMap<>();
    private final String deviceClass;
    private final String space;
    private final String connection;

    /**
     * @param deviceClass as in the header, like {@code prtr}
     * @param space of the device's colours, like {@code "RGB "}
     * @param connection {@code "XYZ "} or {@code "Lab "}
     */
    ProfileBytes(String deviceClass, String space, String connection) {
        this.deviceClass = deviceClass;
        this.space = space;
        this.connection = connection;
    }

    ProfileBytes with(String tag, ByteBuffer value) {
        tags.put(tag, value.duplicate().rewind());
        return this;
    }

    byte[] build() {
        int begin = HEADER + 4 + 12 * tags.size();
        Map<ByteBuffer, Integer> places = new HashMap<>();
        int length = begin;
        for (ByteBuffer value : tags.values()) {
            if (places.putIfAbsent(value, length) == null) length += value.capacity() + 3 & ~3;
        }
        ByteBuffer profile = ByteBuffer.allocate(length);
        putHeader(profile, length);
        profile.position(HEADER).putInt(tags.size());
        tags.forEach((tag, value) ->
                profile.put(ascii(tag)).putInt(places.get(value)).putInt(value.capacity()));
        places.forEach((value, place) -> profile.put(place, value, 0, value.capacity()));
        return profile.array();
    }

    private void putHeader(ByteBuffer profile, int length) {
        profile.putInt(0, length).putInt(8, VERSION);
        profile.put(12, ascii(deviceClass)).put(16, ascii(space)).put(20, ascii(connection));
        profile.put(36, ascii("acsp"));
        for (int i = 0; i < 3; i++) profile.putInt(68 + 4 * i, fixed(D50[i]));
    }

    static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** A s15Fixed16Number. */
    static int fixed(double value) {
        return (int) Math.round(value * 65536);
    }
}
