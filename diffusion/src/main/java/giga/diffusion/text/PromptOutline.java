package giga.diffusion.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a prompt, for people and programs to read.
 *
 * @param steps that its schedule counts
 * @param loras that it asks for
 * @param parts that AND joins
 */
public record PromptOutline(int steps, List<LoraTag> loras, List<Part> parts) {
    /** @param texts each once, in the order in which they first appear */
    public record Part(double weight, List<Text> texts) {}

    /** @param spans of steps that show the text */
    public record Text(String text, List<Span> spans, List<List<Token>> chunks) {}

    /** Steps, counted from 1, both included. */
    public record Span(int from, int to) {}

    /**
     * @param text the letters it stands for, or a textual inversion's name
     * @param endsWord whether a word ends with it
     * @param vectors that a textual inversion puts in its place
     */
    public record Token(int id, String text, boolean endsWord, float weight, Optional<Integer> vectors) {}

    /** @param steps that the schedule counts, see {@link giga.diffusion.sampler.Sampler#promptSteps} */
    public static PromptOutline of(
            Prompt prompt, Emphasis emphasis, int steps, Tokenizer tokenizer, EmbeddingNames embeddings) {
        TokenTexts texts = tokenizer.texts();
        List<Part> parts = new ArrayList<>();
        for (Prompt.Part part : prompt.parts()) {
            Map<String, List<Span>> spans = spans(part.editing().schedule(steps));
            parts.add(new Part(
                    part.weight(),
                    spans.entrySet().stream()
                            .map(entry -> new Text(
                                    entry.getKey(),
                                    entry.getValue(),
                                    PromptChunks.of(emphasis.pieces(entry.getKey()), tokenizer, embeddings).stream()
                                            .map(chunk -> tokens(chunk, tokenizer, texts))
                                            .toList()))
                            .toList()));
        }
        return new PromptOutline(steps, prompt.loras(), parts);
    }

    private static Map<String, List<Span>> spans(List<PromptEditing.Entry> entries) {
        Map<String, List<Span>> spans = new LinkedHashMap<>();
        int from = 1;
        for (PromptEditing.Entry entry : entries) {
            spans.computeIfAbsent(entry.text(), text -> new ArrayList<>()).add(new Span(from, entry.lastStep()));
            from = entry.lastStep() + 1;
        }
        return spans;
    }

    /** Without start, end and padding. */
    private static List<Token> tokens(Chunk chunk, Tokenizer tokenizer, TokenTexts texts) {
        List<Token> tokens = new ArrayList<>();
        for (int row = 1; row <= Chunk.CONTENT && chunk.ids()[row] != tokenizer.endId(); ) {
            int here = row;
            float weight = chunk.weights()[row];
            Optional<Chunk.Insert> insert = chunk.inserts().stream()
                    .filter(candidate -> candidate.row() == here)
                    .findFirst();
            if (insert.isPresent()) {
                int vectors = insert.get().vectors().length;
                tokens.add(new Token(chunk.ids()[row], insert.get().name(), true, weight, Optional.of(vectors)));
                row += vectors;
            } else {
                int id = chunk.ids()[row++];
                tokens.add(new Token(id, texts.of(id), texts.endsWord(id), weight, Optional.empty()));
            }
        }
        return tokens;
    }
}
