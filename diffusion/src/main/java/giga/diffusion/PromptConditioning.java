package giga.diffusion;

import java.util.Arrays;
import java.util.List;

/**
 * A prompt as the denoiser sees it: the parts that AND joins (one for an ordinary prompt), each a schedule of
 * conditionings over the calls of the denoiser.
 *
 * <p>The guidance of several parts is added up as in composable diffusion (Liu et al. 2022): {@code unconditional + Σ
 * weight·cfg·(conditional − unconditional)}. A negative prompt has one part.
 *
 * @param parts at least one; all conditionings have the same width
 */
public record PromptConditioning(List<Part> parts) {
    public PromptConditioning {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) throw new IllegalArgumentException("a prompt has at least one part");
        if (parts.stream()
                        .flatMap(part -> part.spans().stream())
                        .mapToInt(span -> span.conditioning().width())
                        .distinct()
                        .count()
                > 1) throw new IllegalArgumentException("conditionings of different widths");
    }

    /**
     * @param weight of the part's share of the guidance; 1 is normal, negative weights lead away
     * @param spans in the order of their last steps, at least one
     */
    public record Part(double weight, List<Span> spans) {
        public Part {
            spans = List.copyOf(spans);
            if (!Double.isFinite(weight)) throw new IllegalArgumentException("a weight of " + weight);
            if (spans.isEmpty()) throw new IllegalArgumentException("a part has at least one span");
            for (int i = 1; i < spans.size(); i++)
                if (spans.get(i).lastStep() <= spans.get(i - 1).lastStep())
                    throw new IllegalArgumentException("spans out of order");
        }

        private Conditioning at(int call) {
            for (Span span : spans) if (call <= span.lastStep()) return span.conditioning();
            return spans.getLast().conditioning();
        }
    }

    /** @param lastStep the last call of the denoiser that sees this conditioning */
    public record Span(int lastStep, Conditioning conditioning) {}

    /** What one call of the denoiser sees of a part. */
    public record Weighted(double weight, Conditioning conditioning) {}

    /** One conditioning for every call. */
    public static PromptConditioning of(Conditioning conditioning) {
        return new PromptConditioning(List.of(new Part(1, List.of(new Span(Integer.MAX_VALUE, conditioning)))));
    }

    /**
     * What a call of the denoiser sees: of each part the first span whose last step is not before the call. Calls are
     * counted from 0 and steps from 1, and so a change at step 10 shows at the twelfth call: A1111 counts like this.
     * Parts of fewer tokens are filled up with their last token's values, as A1111 stacks them.
     *
     * @param call of the denoiser, from 0; samplers that call twice a step count both
     * @return one for each part, in order, all with the same number of tokens
     */
    public List<Weighted> at(int call) {
        int tokens =
                parts.stream().mapToInt(part -> part.at(call).tokens()).max().orElseThrow();
        return parts.stream()
                .map(part -> new Weighted(part.weight(), filled(part.at(call), tokens)))
                .toList();
    }

    private static Conditioning filled(Conditioning conditioning, int tokens) {
        int width = conditioning.width();
        int length = conditioning.tokens() * width;
        if (conditioning.tokens() == tokens) return conditioning;
        float[] values = Arrays.copyOf(conditioning.values(), tokens * width);
        for (int i = length; i < values.length; i++) values[i] = values[i - width];
        return new Conditioning(tokens, width, values, conditioning.pooled(), conditioning.aestheticScore());
    }
}
