package giga.diffusion.weights;

/** The shapes that CLIP's text encoder needs. */
final class TextBlueprint {
    private static final int POSITIONS = 77;

    private static final int MOST_LAYERS = 128;

    private TextBlueprint() {}

    static void check(Blueprint plan, int heads) {
        long width = plan.side("embeddings.token_embedding.weight", 1);
        long words = plan.side("embeddings.token_embedding.weight", 0);
        plan.need("embeddings.token_embedding.weight", words, width);
        plan.need("embeddings.position_embedding.weight", POSITIONS, width);
        if (width % heads != 0) {
            plan.contradict("a width of %d does not divide into %d attention heads".formatted(width, heads));
        }
        int layers = Math.max(1, plan.count("encoder.layers.", MOST_LAYERS));
        for (int i = 0; i < layers; i++) {
            layer(plan, "encoder.layers." + i + ".", width);
        }
        plan.layer("final_layer_norm", width);
        plan.check();
    }

    private static void layer(Blueprint plan, String layer, long width) {
        for (String matrix : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
            plan.layer(layer + "self_attn." + matrix, width, width);
        }
        long hidden = plan.side(layer + "mlp.fc1.weight", 0);
        plan.layer(layer + "mlp.fc1", hidden, width);
        plan.layer(layer + "mlp.fc2", width, hidden);
        plan.layer(layer + "layer_norm1", width);
        plan.layer(layer + "layer_norm2", width);
    }
}
