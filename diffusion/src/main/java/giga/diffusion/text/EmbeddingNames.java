package giga.diffusion.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of textual inversions, found in a prompt as A1111 does: by the tokens of the name, so that case does not
 * matter and a name may also be the beginning of a longer word; where several fit, the one of most tokens.
 */
public final class EmbeddingNames {
    private final Vectors vectors;
    private final Map<Integer, List<Name>> byFirstToken = new HashMap<>();

    /** The vectors of textual inversions. */
    @FunctionalInterface
    public interface Vectors {
        /** @return [vectors][width]; empty when the model cannot use it: then its name is an ordinary word */
        Optional<float[][]> of(String name);
    }

    /** @param vectors asked only about names that stand in a prompt, so that other files are not read */
    public EmbeddingNames(Tokenizer tokenizer, Collection<String> names, Vectors vectors) {
        this.vectors = vectors;
        for (String name : names) {
            int[] tokens = tokenizer.encode(name);
            if (tokens.length > 0)
                byFirstToken
                        .computeIfAbsent(tokens[0], first -> new ArrayList<>())
                        .add(new Name(name, tokens));
        }
        for (List<Name> candidates : byFirstToken.values())
            candidates.sort(Comparator.comparingInt((Name name) -> -name.tokens().length));
    }

    /** No textual inversions. */
    public static EmbeddingNames none() {
        return new EmbeddingNames(Tokenizer.clip(), List.of(), name -> Optional.empty());
    }

    /** The textual inversion whose name begins at a position. */
    Optional<Match> at(int[] tokens, int position) {
        for (Name name : byFirstToken.getOrDefault(tokens[position], List.of())) {
            int end = position + name.tokens().length;
            if (end > tokens.length || !Arrays.equals(tokens, position, end, name.tokens(), 0, name.tokens().length))
                continue;
            Optional<float[][]> found = vectors.of(name.text());
            if (found.isPresent()) return Optional.of(new Match(name.text(), name.tokens().length, found.get()));
        }
        return Optional.empty();
    }

    /**
     * @param tokens that the name takes in the prompt
     * @param vectors that stand in their place, [vectors][width]
     */
    record Match(String name, int tokens, float[][] vectors) {}

    private record Name(String text, int[] tokens) {}
}
