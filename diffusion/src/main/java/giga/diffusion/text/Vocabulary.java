package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A byte-pair vocabulary in CLIP's form: an id for every byte, one for every byte at the end of a word, and the merges
 * that make longer symbols of them, best first (Sennrich et al. 2016, on bytes as in GPT-2).
 *
 * @param byteIds id of byte b within a word
 * @param lastByteIds id of byte b at the end of a word
 * @param merges by pair of ids, see {@link #pair}
 * @param size highest id + 1
 */
record Vocabulary(
        int[] byteIds, int[] lastByteIds, Map<Long, Merge> merges, int startId, int endId, int commaId, int size) {
    static final String WORD_END = "</w>";
    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    /** @param rank 0 is merged first */
    record Merge(int rank, int id) {}

    /** The character that stands for a byte in vocabulary files: printable Latin-1 for itself, the rest from U+0100 on. */
    static char symbol(int value) {
        if (isPrintable(value)) return (char) value;
        int position = 0;
        for (int other = 0; other < value; other++) if (!isPrintable(other)) position++;
        return (char) (0x100 + position);
    }

    static boolean isPrintable(int value) {
        return (value >= 0x21 && value <= 0x7E) || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
    }

    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /**
     * @param ids id of every symbol
     * @param merges lines "left right", best first
     * @param source what the reader of an error should look at
     */
    static Vocabulary of(Map<String, Integer> ids, List<String> merges, String source) {
        int[] bytes = new int[256];
        int[] lastBytes = new int[256];
        for (int value = 0; value < 256; value++) {
            bytes[value] = id(ids, String.valueOf(symbol(value)), source);
            lastBytes[value] = id(ids, symbol(value) + WORD_END, source);
        }
        Map<Long, Merge> table = HashMap.newHashMap(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            String line = merges.get(rank);
            int space = line.indexOf(' ');
            if (space <= 0 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0)
                throw new ModelException(
                        "%s: merge %d is \"%s\" instead of two symbols with a space between; fetch the tokenizer again"
                                .formatted(source, rank + 1, excerpt(line)));
            String left = line.substring(0, space);
            String right = line.substring(space + 1);
            Merge merge = new Merge(rank, id(ids, left + right, source));
            table.putIfAbsent(pair(id(ids, left, source), id(ids, right, source)), merge);
        }
        int size = ids.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        return new Vocabulary(
                bytes, lastBytes, table, id(ids, START, source), id(ids, END, source), lastBytes[','], size);
    }

    private static int id(Map<String, Integer> ids, String symbol, String source) {
        Integer id = ids.get(symbol);
        if (id == null)
            throw new ModelException(
                    "%s: the vocabulary lacks the symbol \"%s\"; the files do not belong together, fetch the tokenizer again"
                            .formatted(source, excerpt(symbol)));
        return id;
    }

    private static String excerpt(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
