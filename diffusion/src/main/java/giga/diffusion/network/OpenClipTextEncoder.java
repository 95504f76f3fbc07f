package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * OpenCLIP's text encoder (Cherti et al., arXiv 2212.07143) under its own names, of any size: ViT-H of SD 2.x, ViT-bigG
 * of SDXL. Both read the last layer but one.
 */
public final class OpenClipTextEncoder implements TextEncoder {
    private final TextEmbedding embedding;
    private final List<UnaryOperator<Tensor>> penultimate;
    private final List<UnaryOperator<Tensor>> last;
    private final LayerNorm finalNorm;
    private final Optional<Tensor> projection;

    /** @param weights below {@code cond_stage_model.model.} or its like */
    public OpenClipTextEncoder(Weights weights, int heads, Activation activation) {
        embedding = new TextEmbedding(weights.get("token_embedding.weight"), weights.get("positional_embedding"));
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        while (weights.has("transformer.resblocks." + layers.size() + ".ln_1.weight"))
            layers.add(
                    layer(weights.below("transformer.resblocks." + layers.size() + "."), heads, activation)::forward);
        finalNorm = LayerNorm.of(weights.below("ln_final."));
        projection = weights.find("text_projection");
        // Diffusers keeps of SD 2's encoder only what is read: without the last layer and the projection behind it.
        int read = projection.isPresent() ? layers.size() - 1 : layers.size();
        penultimate = layers.subList(0, read);
        last = layers.subList(read, layers.size());
    }

    /**
     * As SD 2.x reads it: the last layer but one, then the final norm.
     *
     * @return [b, tokens, width] in f32
     */
    public Tensor forward(Tokens tokens) {
        return Scope.run(() -> finalNorm.forward(hidden(tokens)).to(Precision.F32));
    }

    /**
     * As SDXL reads it.
     *
     * @param hidden the last layer but one, without the final norm, [b, tokens, width] in f32
     * @param pooled the last layer at the end of the text, after norm and projection, [b, projected] in f32
     */
    public record Pooled(Tensor hidden, Tensor pooled) {}

    /**
     * @param tokens whose text ends at the first of the highest ids in each row
     * @throws java.util.NoSuchElementException when the encoder has no projection
     */
    public Pooled forwardPooled(Tokens tokens) {
        List<Tensor> both = Scope.runAll(() -> {
            Tensor hidden = hidden(tokens);
            return List.of(
                    hidden.to(Precision.F32), pooled(tokens.ids(), hidden).to(Precision.F32));
        });
        return new Pooled(both.getFirst(), both.getLast());
    }

    private Tensor hidden(Tokens tokens) {
        return Scope.through(penultimate, embedding.forward(tokens));
    }

    private Tensor pooled(int[][] ids, Tensor hidden) {
        Tensor normed = finalNorm.forward(Scope.through(last, hidden));
        List<Tensor> ends = new ArrayList<>();
        for (int b = 0; b < ids.length; b++)
            ends.add(normed.narrow(0, b, 1).narrow(1, end(ids[b]), 1).reshape(1, normed.size(2)));
        Tensor outputsFirst = projection.orElseThrow().transpose(0, 1);
        return Functional.linear(Tensor.cat(0, ends), outputsFirst, Optional.empty());
    }

    private static int end(int[] ids) {
        int end = 0;
        for (int i = 1; i < ids.length; i++) if (ids[i] > ids[end]) end = i;
        return end;
    }

    private static TextLayer layer(Weights weights, int heads, Activation activation) {
        Tensor weight = weights.get("attn.in_proj_weight");
        Tensor bias = weights.get("attn.in_proj_bias");
        return new TextLayer(
                LayerNorm.of(weights.below("ln_1.")),
                new Attention(
                        third(weight, bias, 0),
                        third(weight, bias, 1),
                        third(weight, bias, 2),
                        Linear.of(weights.below("attn.out_proj.")),
                        heads),
                LayerNorm.of(weights.below("ln_2.")),
                Linear.of(weights.below("mlp.c_fc.")),
                Linear.of(weights.below("mlp.c_proj.")),
                activation);
    }

    /** The projections to query, key and value lie in one matrix, one below the other. */
    private static Linear third(Tensor weight, Tensor bias, int number) {
        long rows = weight.size(0) / 3;
        return new Linear(weight.narrow(0, number * rows, rows), Optional.of(bias.narrow(0, number * rows, rows)));
    }
}
