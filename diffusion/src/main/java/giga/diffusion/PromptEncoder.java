package giga.diffusion;

import giga.diffusion.PromptConditioning.Part;
import giga.diffusion.PromptConditioning.Span;
import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.PromptEditing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes conditionings of prompts, as A1111 does: a part's texts are one batch, and equal texts are encoded once. */
final class PromptEncoder {
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
        Map<String, List<Span>> byText = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        for (Prompt.Part part : prompt.parts()) {
            List<Span> spans = byText.computeIfAbsent(
                    part.text(), text -> spans(part.editing().schedule(totalSteps), options, prompt.negative()));
            parts.add(new Part(part.weight(), spans));
        }
        return new PromptConditioning(parts);
    }

    private List<Span> spans(List<PromptEditing.Entry> entries, TextOptions options, boolean negative) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (PromptEditing.Entry entry : entries) counts.merge(entry.text(), 1, Integer::sum);
        Map<String, Conditioning> conditionings = new TextBatch(counts, options).encode(encoders, embeddings);
        if (emptyNegativeIsZero && negative && counts.keySet().equals(Set.of("")))
            conditionings.replaceAll((text, conditioning) -> zeros(conditioning));
        return entries.stream()
                .map(entry -> new Span(entry.lastStep(), conditionings.get(entry.text())))
                .toList();
    }

    private static Conditioning zeros(Conditioning like) {
        return new Conditioning(
                like.tokens(),
                like.width(),
                new float[like.values().length],
                like.pooled().map(pooled -> new float[pooled.length]));
    }
}
