package giga.diffusion.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;

/** What each id of a vocabulary stands for, for people to read. */
public final class TokenTexts {
    private final Vocabulary vocabulary;
    private final byte[][] bytes;
    private final boolean[] endsWord;

    TokenTexts(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        bytes = new byte[vocabulary.size()][];
        endsWord = new boolean[vocabulary.size()];
        for (int value = 0; value < 256; value++) {
            bytes[vocabulary.byteIds()[value]] = new byte[] {(byte) value};
            bytes[vocabulary.lastByteIds()[value]] = new byte[] {(byte) value};
            endsWord[vocabulary.lastByteIds()[value]] = true;
        }
        vocabulary.merges().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().rank()))
                .forEach(this::merge);
    }

    private void merge(Map.Entry<Long, Vocabulary.Merge> entry) {
        int left = (int) (entry.getKey() >> 32);
        int right = entry.getKey().intValue();
        if (bytes[left] == null || bytes[right] == null) return;
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(bytes[left]);
        joined.writeBytes(bytes[right]);
        int id = entry.getValue().id();
        if (bytes[id] == null) bytes[id] = joined.toByteArray();
        endsWord[id] |= endsWord[right];
    }

    /** The letters of a token; bytes that are only part of one as {@code \xE6\x97}. */
    public String of(int id) {
        if (id == vocabulary.startId()) return Vocabulary.START;
        if (id == vocabulary.endId()) return Vocabulary.END;
        if (id < 0 || id >= bytes.length || bytes[id] == null) return "?";
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes[id]))
                    .toString();
        } catch (CharacterCodingException partOfALetter) {
            return "\\x" + HexFormat.ofDelimiter("\\x").withUpperCase().formatHex(bytes[id]);
        }
    }

    /** Whether a word ends with the token. */
    public boolean endsWord(int id) {
        return id >= 0 && id < endsWord.length && endsWord[id];
    }
}
