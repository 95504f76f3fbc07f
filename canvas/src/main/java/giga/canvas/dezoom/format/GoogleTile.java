package giga.canvas.dezoom.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A tile of Google Arts &amp; Culture: its signed address, and the part of it that is encrypted. */
final class GoogleTile {
    private static final byte[] SIGNING_KEY = HexFormat.of().parseHex("7b2b4e23de2cc5c5");
    private static final byte[] KEY = HexFormat.of().parseHex("5b63db113b7af3e0b1435556c8f9530c");
    private static final byte[] IV = HexFormat.of().parseHex("71e70405353a778bfa6fbc30321b9592");
    private static final int MARKER = 0x0A0A0A0A;
    private static final int BLOCK = 16;

    private GoogleTile() {}

    /** @param base address of the picture, as its page names it */
    static String address(String base, String token, int column, int row, int level) {
        String part = "=x%d-y%d-z%d-t".formatted(column, row, level);
        String path = base.substring(base.indexOf('/', base.indexOf("//") + 2) + 1);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SIGNING_KEY, "HmacSHA1"));
            byte[] digest = mac.doFinal((path + part + token).getBytes(US_ASCII));
            String signature = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .replace('-', '_');
            return base + part + signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /**
     * The JPEG in a tile: marker, clear bytes, the length of what is encrypted, that, clear bytes, the length of the first clear bytes;
     * lengths in four bytes, the lowest first. What has no marker is a JPEG already.
     */
    static byte[] opened(byte[] tile) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(tile).order(ByteOrder.LITTLE_ENDIAN);
        if (tile.length < 4 || bytes.getInt(0) != MARKER) return tile;
        int end = tile.length - 4;
        if (end < 4) throw new IOException("an encrypted tile ends too early");
        long clear = Integer.toUnsignedLong(bytes.getInt(end));
        if (4 + clear + 4 > end) throw new IOException("an encrypted tile ends too early");
        int at = (int) (4 + clear);
        long length = Integer.toUnsignedLong(bytes.getInt(at));
        if (at + 4 + length > end || length % BLOCK != 0) throw new IOException("an encrypted tile is damaged");
        byte[] plain = decrypted(tile, at + 4, (int) length);
        int rest = at + 4 + plain.length;
        return ByteBuffer.allocate((int) clear + plain.length + end - rest)
                .put(tile, 4, (int) clear)
                .put(plain)
                .put(tile, rest, end - rest)
                .array();
    }

    private static byte[] decrypted(byte[] tile, int offset, int length) throws IOException {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
            return cipher.doFinal(tile, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("an encrypted tile is damaged", e);
        }
    }
}
