package giga.diffusion;

import giga.diffusion.PromptConditioning.Part;
import giga.diffusion.PromptConditioning.Span;
import giga.diffusion.text.Chunk;
import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.PromptEditing;
import giga.diffusion.text.Tokenizer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes conditionings of prompts, as A1111 does: a part's texts are one batch, and equal texts are encoded once. */
final class PromptEncoder {
    /** The result of as many chunks has 650 MB for SDXL. */
    private static final int MAX_CHUNKS = 1024;

    private final List<ChunkEncoder> encoders;
    private final List<EmbeddingNames> embeddings;
    private final boolean emptyNegativeIsZero;

    /**
     * @param encoders whose outputs stand side by side, at least one
     * @param embeddings for each encoder
     * @param emptyNegativeIsZero whether an empty negative prompt is all zeros, as SDXL was trained
     */
    PromptEncoder(List<ChunkEncoder> encoders, List<EmbeddingNames> embeddings, boolean emptyNegativeIsZero) {
        this.encoders = List.copyOf(encoders);
        this.embeddings = List.copyOf(embeddings);
        this.emptyNegativeIsZero = emptyNegativeIsZero;
    }

    /** @param totalSteps that the prompt's schedule counts: calls of the denoiser in a run of all steps */
    PromptConditioning encode(Prompt prompt, TextOptions options, int totalSteps) {
        Parts parts = new Parts(prompt.negative(), options, totalSteps);
        return new PromptConditioning(prompt.parts().stream()
                .map(part -> new Part(part.weight(), parts.spans(part)))
                .toList());
    }

    /** The parts of one prompt. */
    private final class Parts {
        private final boolean negative;
        private final TextOptions options;
        private final int totalSteps;
        private final List<ChunkEncoder> once;
        private final Map<String, List<Span>> known = new HashMap<>();
        private int chunksLeft = MAX_CHUNKS;

        Parts(boolean negative, TextOptions options, int totalSteps) {
            this.negative = negative;
            this.options = options;
            this.totalSteps = totalSteps;
            once = encoders.stream()
                    .<ChunkEncoder>map(encoder -> new Once(encoder, new HashMap<>()))
                    .toList();
        }

        List<Span> spans(Prompt.Part part) {
            return known.computeIfAbsent(
                    part.text(), text -> encode(part.editing().schedule(totalSteps)));
        }

        private List<Span> encode(List<PromptEditing.Entry> entries) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            for (PromptEditing.Entry entry : entries) counts.merge(entry.text(), 1, Integer::sum);
            Map<String, Conditioning> texts = new TextBatch(counts, options).encode(once, embeddings, chunksLeft);
            for (Conditioning text : texts.values()) chunksLeft -= text.tokens() / Chunk.LENGTH;
            if (negative) texts.replaceAll((text, conditioning) -> scoredLow(conditioning));
            if (emptyNegativeIsZero && negative && counts.keySet().equals(Set.of("")))
                texts.replaceAll((text, conditioning) -> zeros(conditioning));
            return entries.stream()
                    .map(entry -> new Span(entry.lastStep(), texts.get(entry.text())))
                    .toList();
        }
    }

    private static Conditioning scoredLow(Conditioning like) {
        return new Conditioning(like.tokens(), like.width(), like.values(), like.pooled(), Conditioning.LOW_SCORE);
    }

    private static Conditioning zeros(Conditioning like) {
        return new Conditioning(
                like.tokens(),
                like.width(),
                new float[like.values().length],
                like.pooled().map(pooled -> new float[pooled.length]),
                like.aestheticScore());
    }

    /** Parts of a prompt often have chunks in common; the weights in them act only afterwards. */
    private record Once(ChunkEncoder encoder, Map<Input, Output> known) implements ChunkEncoder {
        private record Input(IntBuffer ids, List<Chunk.Insert> inserts) {}

        @Override
        public Tokenizer tokenizer() {
            return encoder.tokenizer();
        }

        @Override
        public Output encode(Chunk chunk, int clipSkip) {
            return known.computeIfAbsent(
                    new Input(IntBuffer.wrap(chunk.ids()), chunk.inserts()), input -> encoder.encode(chunk, clipSkip));
        }
    }
}
