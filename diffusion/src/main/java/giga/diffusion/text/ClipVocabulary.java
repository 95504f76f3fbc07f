package giga.diffusion.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The vocabulary of all CLIP text encoders, 49408 ids, from the file OpenAI published with CLIP. */
final class ClipVocabulary {
    private static final String RESOURCE = "bpe_simple_vocab_16e6.txt.gz";
    /** The file holds more merges than CLIP was trained with. */
    private static final int MERGES = 49152 - 256 - 2;

    private ClipVocabulary() {}

    static Vocabulary load() {
        List<String> merges = merges();
        return Vocabulary.of(ids(merges), merges, RESOURCE);
    }

    /** Every symbol, in the order of the ids. */
    static Map<String, Integer> ids(List<String> merges) {
        Map<String, Integer> ids = LinkedHashMap.newLinkedHashMap(49408);
        for (String end : List.of("", Vocabulary.WORD_END)) {
            for (int value = 0; value < 256; value++)
                if (Vocabulary.isPrintable(value)) ids.put(Vocabulary.symbol(value) + end, ids.size());
            for (int value = 0; value < 256; value++)
                if (!Vocabulary.isPrintable(value)) ids.put(Vocabulary.symbol(value) + end, ids.size());
        }
        for (String merge : merges) ids.put(merge.replace(" ", ""), ids.size());
        ids.put(Vocabulary.START, ids.size());
        ids.put(Vocabulary.END, ids.size());
        return ids;
    }

    /** Best first. */
    static List<String> merges() {
        try (InputStream file = ClipVocabulary.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), UTF_8))) {
            return lines.lines().skip(1).limit(MERGES).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
