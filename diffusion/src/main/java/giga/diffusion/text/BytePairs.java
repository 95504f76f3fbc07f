package giga.diffusion.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Merges one word's symbols: the pair with the lowest rank first, all its occurrences from left to right, until no
 * neighbours make a pair. A linked list and a queue keep a word of n bytes at n log n.
 */
final class BytePairs {
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingInt(Candidate::rank).thenComparingInt(Candidate::position);
    private static final int NONE = -1;

    private final Vocabulary vocabulary;
    private final int[] symbols;
    private final int[] next;
    private final int[] previous;
    private final PriorityQueue<Candidate> queue = new PriorityQueue<>(BEST_FIRST);

    /** The pair that begins at a position, as it was when it was found. */
    private record Candidate(int rank, int position, int left, int right, int merged) {}

    private BytePairs(Vocabulary vocabulary, byte[] word) {
        this.vocabulary = vocabulary;
        int length = word.length;
        symbols = new int[length];
        next = new int[length];
        previous = new int[length];
        for (int i = 0; i < length; i++) {
            int[] ids = i == length - 1 ? vocabulary.lastByteIds() : vocabulary.byteIds();
            symbols[i] = ids[word[i] & 0xFF];
            next[i] = i == length - 1 ? NONE : i + 1;
            previous[i] = i - 1;
        }
    }

    /** Hands the ids of a word's symbols on; the word is not empty. */
    static void encode(byte[] word, Vocabulary vocabulary, IntConsumer ids) {
        BytePairs pairs = new BytePairs(vocabulary, word);
        pairs.merge();
        for (int i = 0; i != NONE; i = pairs.next[i]) ids.accept(pairs.symbols[i]);
    }

    private void merge() {
        for (int i = 0; i < symbols.length; i++) findPair(i, queue::add);
        List<Candidate> found = new ArrayList<>();
        while (!queue.isEmpty()) {
            int rank = queue.peek().rank;
            // Pairs that appear while a rank is merged wait until all of that rank are done, as in the reference.
            while (!queue.isEmpty() && queue.peek().rank == rank) {
                Candidate candidate = queue.poll();
                if (isCurrent(candidate)) join(candidate, found);
            }
            queue.addAll(found);
            found.clear();
        }
    }

    private boolean isCurrent(Candidate candidate) {
        int position = candidate.position;
        return symbols[position] == candidate.left
                && next[position] != NONE
                && symbols[next[position]] == candidate.right;
    }

    private void join(Candidate candidate, List<Candidate> found) {
        int position = candidate.position;
        int gone = next[position];
        symbols[position] = candidate.merged;
        symbols[gone] = NONE;
        next[position] = next[gone];
        if (next[gone] != NONE) previous[next[gone]] = position;
        findPair(position, found::add);
        if (previous[position] != NONE) findPair(previous[position], found::add);
    }

    private void findPair(int position, Consumer<Candidate> to) {
        if (next[position] == NONE) return;
        int left = symbols[position];
        int right = symbols[next[position]];
        Vocabulary.Merge merge = vocabulary.merges().get(Vocabulary.pair(left, right));
        if (merge != null) to.accept(new Candidate(merge.rank(), position, left, right, merge.id()));
    }
}
