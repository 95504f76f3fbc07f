package giga.diffusion;

import giga.diffusion.text.Chunk;
import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.PromptChunks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of one schedule, encoded together: all get as many chunks as the longest has, and {@link Emphasis#ORIGINAL}
 * keeps the mean of all of them.
 *
 * @param counts how many entries of the schedule have each text
 */
record TextBatch(Map<String, Integer> counts, TextOptions options) {
    TextBatch {
        counts = new LinkedHashMap<>(counts);
    }

    /**
     * @param embeddings for each encoder
     * @param limit for the chunks of all texts together
     */
    Map<String, Conditioning> encode(List<ChunkEncoder> encoders, List<EmbeddingNames> embeddings, int limit) {
        List<Map<String, List<Chunk>>> chunks = new ArrayList<>();
        for (int i = 0; i < encoders.size(); i++) chunks.add(chunks(encoders.get(i), embeddings.get(i)));
        int length = chunks.stream()
                .flatMap(texts -> texts.values().stream())
                .mapToInt(List::size)
                .max()
                .orElseThrow();
        if (length * counts.size() > limit)
            throw new ModelException(
                    "The prompt has %d texts of up to %d chunks over the steps, more than a run can hold; use fewer or shorter options"
                            .formatted(counts.size(), length));
        List<Map<String, Side>> sides = new ArrayList<>();
        for (int i = 0; i < encoders.size(); i++) sides.add(side(encoders.get(i), chunks.get(i), length));
        Map<String, Conditioning> conditionings = new HashMap<>();
        for (String text : counts.keySet())
            conditionings.put(
                    text, sideBySide(sides.stream().map(side -> side.get(text)).toList(), length * Chunk.LENGTH));
        return conditionings;
    }

    private Map<String, List<Chunk>> chunks(ChunkEncoder encoder, EmbeddingNames embeddings) {
        Map<String, List<Chunk>> chunks = new HashMap<>();
        for (String text : counts.keySet())
            chunks.put(text, PromptChunks.of(options.emphasis().pieces(text), encoder.tokenizer(), embeddings));
        return chunks;
    }

    /** What one encoder makes of every text. */
    private Map<String, Side> side(ChunkEncoder encoder, Map<String, List<Chunk>> chunks, int length) {
        Chunk empty = PromptChunks.emptyChunk(encoder.tokenizer());
        Map<String, Side> sides = new HashMap<>();
        for (int i = 0; i < length; i++) {
            List<Emphasis.Encoded> column = new ArrayList<>();
            for (String text : counts.keySet()) {
                List<Chunk> own = chunks.get(text);
                Chunk chunk = i < own.size() ? own.get(i) : empty;
                ChunkEncoder.Output output = encoder.encode(chunk, options.clipSkip());
                column.add(new Emphasis.Encoded(output.hidden(), chunk.weights(), counts.get(text)));
                if (i == 0) sides.put(text, new Side(new ArrayList<>(), output.pooled()));
            }
            List<float[]> weighted = options.emphasis().apply(column);
            int row = 0;
            for (String text : counts.keySet()) sides.get(text).chunks().add(weighted.get(row++));
        }
        return sides;
    }

    private static Conditioning sideBySide(List<Side> sides, int tokens) {
        int width = sides.stream().mapToInt(Side::width).sum();
        float[] values = new float[tokens * width];
        int column = 0;
        for (Side side : sides) {
            for (int token = 0; token < tokens; token++)
                System.arraycopy(
                        side.chunks().get(token / Chunk.LENGTH),
                        token % Chunk.LENGTH * side.width(),
                        values,
                        token * width + column,
                        side.width());
            column += side.width();
        }
        Optional<float[]> pooled =
                sides.stream().flatMap(side -> side.pooled().stream()).findFirst();
        return new Conditioning(tokens, width, values, pooled, Conditioning.HIGH_SCORE);
    }

    /** @param chunks [77, width] each */
    private record Side(List<float[]> chunks, Optional<float[]> pooled) {
        int width() {
            return chunks.getFirst().length / Chunk.LENGTH;
        }
    }
}
