package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.TextEncoder;

/** The shapes that CLIP's text encoder needs, in either layout. */
final class TextBlueprint {
    private static final int POSITIONS = 77;
    private static final int MOST_LAYERS = 128;

    private TextBlueprint() {}

    /** The encoder's width, once it fits. */
    static long check(Blueprint plan, TextEncoder encoder) {
        boolean open = encoder.layout() == TextEncoder.Layout.OPEN_CLIP;
        String tokens = open ? "token_embedding.weight" : "embeddings.token_embedding.weight";
        String layers = open ? "transformer.resblocks." : "encoder.layers.";
        long width = plan.side(tokens, 1);
        plan.need(tokens, plan.side(tokens, 0), width);
        plan.need(open ? "positional_embedding" : "embeddings.position_embedding.weight", POSITIONS, width);
        if (width % encoder.heads() != 0) {
            plan.contradict("a width of %d does not divide into %d attention heads".formatted(width, encoder.heads()));
        }
        int count = Math.max(1, plan.count(layers, MOST_LAYERS));
        for (int i = 0; i < count; i++) {
            if (open) {
                openLayer(plan, layers + i + ".", width);
            } else {
                layer(plan, layers + i + ".", width);
            }
        }
        plan.layer(open ? "ln_final" : "final_layer_norm", width);
        if (plan.has("text_projection")) {
            plan.need("text_projection", width, plan.side("text_projection", 1));
        }
        plan.check();
        return width;
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

    private static void openLayer(Blueprint plan, String layer, long width) {
        plan.need(layer + "attn.in_proj_weight", 3 * width, width);
        plan.need(layer + "attn.in_proj_bias", 3 * width);
        plan.layer(layer + "attn.out_proj", width, width);
        long hidden = plan.side(layer + "mlp.c_fc.weight", 0);
        plan.layer(layer + "mlp.c_fc", hidden, width);
        plan.layer(layer + "mlp.c_proj", width, hidden);
        plan.layer(layer + "ln_1", width);
        plan.layer(layer + "ln_2", width);
    }
}
