package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The texts of a PNG by keyword: tEXt, zTXt and iTXt chunks. What is damaged or too long is left out. */
final class PngTexts {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_TOTAL = 4 << 20;
    private static final int MAX_TEXTS = 1000;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private int total;

    static boolean isText(String type) {
        return type.equals("tEXt") || type.equals("zTXt") || type.equals("iTXt");
    }

    void add(String type, ByteBuffer data) {
        int keywordEnd = zero(data, 0);
        if (keywordEnd < 1 || keywordEnd > 79) return;
        String keyword = string(data, 0, keywordEnd);
        text(type, data, keywordEnd + 1).ifPresent(text -> put(keyword, text));
    }

    private void put(String keyword, String text) {
        total += text.length();
        if (total <= MAX_TOTAL && texts.size() < MAX_TEXTS) texts.putIfAbsent(keyword, text);
    }

    Map<String, String> byKeyword() {
        return texts;
    }

    private static Optional<String> text(String type, ByteBuffer data, int start) {
        return switch (type) {
            case "tEXt" -> plain(data, start).map(bytes -> new String(bytes, ISO_8859_1));
            case "zTXt" ->
                start < data.limit() && data.get(start) == 0
                        ? inflated(data, start + 1).map(bytes -> new String(bytes, ISO_8859_1))
                        : Optional.empty();
            default -> international(data, start);
        };
    }

    /** Compressed or not, method, language, translated keyword, text in UTF-8. */
    private static Optional<String> international(ByteBuffer data, int start) {
        if (start + 2 > data.limit()) return Optional.empty();
        boolean compressed = data.get(start) == 1;
        int languageEnd = zero(data, start + 2);
        int translationEnd = languageEnd < 0 ? -1 : zero(data, languageEnd + 1);
        if (translationEnd < 0 || compressed && data.get(start + 1) != 0) return Optional.empty();
        int text = translationEnd + 1;
        return (compressed ? inflated(data, text) : plain(data, text)).map(bytes -> new String(bytes, UTF_8));
    }

    private static Optional<byte[]> plain(ByteBuffer data, int start) {
        if (data.limit() - start > MAX_BYTES) return Optional.empty();
        byte[] bytes = new byte[data.limit() - start];
        data.get(start, bytes);
        return Optional.of(bytes);
    }

    private static Optional<byte[]> inflated(ByteBuffer data, int start) {
        return Inflation.inflate(data.slice(start, data.limit() - start), MAX_BYTES);
    }

    /** Where the next zero is; -1 for none. */
    private static int zero(ByteBuffer data, int from) {
        for (int i = from; i < data.limit(); i++) if (data.get(i) == 0) return i;
        return -1;
    }

    private static String string(ByteBuffer data, int start, int end) {
        byte[] bytes = new byte[end - start];
        data.get(start, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
