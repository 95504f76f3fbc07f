package giga.diffusion.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The names of textual inversions, found in a prompt as A1111 does: by the tokens of the name, so that case does not
 * matter and a name may also be the beginning of a longer word; where several fit, the one of most tokens.
 */
public final class EmbeddingNames {
    private final Sizes sizes;
    private final Map<Integer, List<Name>> byFirstToken = new HashMap<>();

    /** How many vectors a textual inversion has. */
    @FunctionalInterface
    public interface Sizes {
        /** @return empty when the model cannot use it: then its name is an ordinary word */
        OptionalInt vectors(String name);
    }

    /** @param sizes asked only about names that stand in a prompt, so that other files are not read */
    public EmbeddingNames(Tokenizer tokenizer, Collection<String> names, Sizes sizes) {
        this.sizes = sizes;
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
        return new EmbeddingNames(Tokenizer.clip(), List.of(), name -> OptionalInt.empty());
    }

    /** The textual inversion whose name begins at a position. */
    Optional<Match> at(int[] tokens, int position) {
        for (Name name : byFirstToken.getOrDefault(tokens[position], List.of())) {
            int end = position + name.tokens().length;
            if (end > tokens.length || !Arrays.equals(tokens, position, end, name.tokens(), 0, name.tokens().length))
                continue;
            OptionalInt vectors = sizes.vectors(name.text());
            if (vectors.isPresent())
                return Optional.of(new Match(name.text(), name.tokens().length, vectors.getAsInt()));
        }
        return Optional.empty();
    }

    /**
     * @param tokens that the name takes in the prompt
     * @param vectors that stand in their place
     */
    record Match(String name, int tokens, int vectors) {}

    private record Name(String text, int[] tokens) {}
}
