package giga.diffusion.network;

import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** CLIP's text encoder under the names of Hugging Face's files, of any size: SD 1.x and SDXL's first. */
public final class ClipTextEncoder implements TextEncoder {
    private final TextEmbedding embedding;
    private final List<UnaryOperator<Tensor>> layers;
    private final LayerNorm finalNorm;

    /** @param weights below {@code …text_model.} */
    public ClipTextEncoder(Weights weights, int heads, Activation activation) {
        embedding = new TextEmbedding(
                weights.get("embeddings.token_embedding.weight"), weights.get("embeddings.position_embedding.weight"));
        layers = new ArrayList<>();
        while (weights.has("encoder.layers." + layers.size() + ".layer_norm1.weight"))
            layers.add(layer(weights.below("encoder.layers." + layers.size() + "."), heads, activation)::forward);
        finalNorm = LayerNorm.of(weights.below("final_layer_norm."));
    }

    public int layerCount() {
        return layers.size();
    }

    /**
     * As SD 1.x reads it: the final norm follows whichever layer is the last.
     *
     * @param clipSkip 1 for the last layer, 2 for the one before it, …
     * @return [b, tokens, width] in f32
     */
    public Tensor forward(Tokens tokens, int clipSkip) {
        return Scope.run(() -> finalNorm.forward(hidden(tokens, clipSkip)).to(Precision.F32));
    }

    /** As SDXL reads it: {@link #forward} without the final norm. */
    public Tensor forwardUnnormed(Tokens tokens, int clipSkip) {
        return Scope.run(() -> hidden(tokens, clipSkip).to(Precision.F32));
    }

    private Tensor hidden(Tokens tokens, int clipSkip) {
        return Scope.through(layers.subList(0, layers.size() - clipSkip + 1), embedding.forward(tokens));
    }

    private static TextLayer layer(Weights weights, int heads, Activation activation) {
        Weights attention = weights.below("self_attn.");
        return new TextLayer(
                LayerNorm.of(weights.below("layer_norm1.")),
                new Attention(
                        Linear.of(attention.below("q_proj.")),
                        Linear.of(attention.below("k_proj.")),
                        Linear.of(attention.below("v_proj.")),
                        Linear.of(attention.below("out_proj.")),
                        heads),
                LayerNorm.of(weights.below("layer_norm2.")),
                Linear.of(weights.below("mlp.fc1.")),
                Linear.of(weights.below("mlp.fc2.")),
                activation);
    }
}
