package giga.diffusion;

import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.weights.Embedding;
import giga.diffusion.weights.Shelf;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The textual inversions of a folder (A1111's {@code embeddings}) by the names of their files. A file is read when a
 * prompt first names it. For use by one thread at a time.
 */
public final class Embeddings {
    private final Map<String, Path> files;
    private final Map<String, Embedding> read = new HashMap<>();
    private final Set<String> used = new TreeSet<>();
    private final Map<String, String> passedOver = new TreeMap<>();

    private Embeddings(Map<String, Path> files) {
        this.files = files;
    }

    public static Embeddings none() {
        return new Embeddings(Map.of());
    }

    /** @param folder with its sub-folders; need not exist */
    public static Embeddings in(Path folder) {
        return of(Shelf.EMBEDDING.below(folder));
    }

    /** @param files of which the first counts where several have one name */
    public static Embeddings of(List<Path> files) {
        Map<String, Path> byName = new TreeMap<>();
        for (Path file : files) byName.putIfAbsent(Embedding.name(file), file);
        return new Embeddings(byName);
    }

    public Set<String> names() {
        return files.keySet();
    }

    /** Those that encoded prompts have named and that the model could use. */
    public Set<String> used() {
        return Set.copyOf(used);
    }

    /** A sentence for each that a prompt has named but that is for other models: there its name is an ordinary word. */
    public List<String> passedOver() {
        return List.copyOf(passedOver.values());
    }

    /**
     * As a model's text encoders see them.
     *
     * @return for each encoder
     */
    public List<EmbeddingNames> of(TextInputs inputs) {
        return IntStream.range(0, inputs.encoders().size())
                .mapToObj(number -> new EmbeddingNames(
                        inputs.encoders().get(number).tokenizer(),
                        files.keySet(),
                        name -> fitting(name, inputs.widths())
                                .map(embedding -> embedding.parts().get(number))))
                .toList();
    }

    private Optional<Embedding> fitting(String name, List<Integer> widths) {
        Embedding embedding = read.computeIfAbsent(name, unread -> Embedding.open(files.get(unread)));
        if (embedding.fits(widths)) {
            used.add(name);
            return Optional.of(embedding);
        }
        passedOver.put(
                name,
                "the textual inversion %s has %s, and the model takes %s: its name is read as plain words"
                        .formatted(
                                name,
                                embedding.describe(),
                                widths.stream().map(String::valueOf).collect(Collectors.joining(" and "))));
        return Optional.empty();
    }
}
