package giga.diffusion.network;

import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Transformer blocks over the pixels of a feature map, row by row. */
record SpatialTransformer(GroupNorm norm, Linear projIn, List<TransformerBlock> blocks, Linear projOut)
        implements UNetLayer {
    private static final double EPS = 1e-6;

    static SpatialTransformer of(Weights weights, Heads heads) {
        GroupNorm norm = GroupNorm.of(weights.below("norm."), EPS);
        int count = heads.of(norm.weight().size(0));
        List<TransformerBlock> blocks = new ArrayList<>();
        while (weights.has("transformer_blocks." + blocks.size() + ".norm1.weight"))
            blocks.add(TransformerBlock.of(weights.below("transformer_blocks." + blocks.size() + "."), count));
        return new SpatialTransformer(
                norm, Linear.of(weights.below("proj_in.")), List.copyOf(blocks), Linear.of(weights.below("proj_out.")));
    }

    @Override
    public Tensor forward(Tensor x, Tensor embedding, Tensor context) {
        long height = x.size(2);
        long width = x.size(3);
        // In the channels-last layout the way to tokens and back is a change of view.
        Tensor tokens = norm.forward(x).permute(0, 2, 3, 1).reshape(x.size(0), height * width, x.size(1));
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        for (TransformerBlock block : blocks) layers.add(input -> block.forward(input, context));
        tokens = projOut.forward(Scope.through(layers, projIn.forward(tokens)));
        return tokens.reshape(x.size(0), height, width, x.size(1))
                .permute(0, 3, 1, 2)
                .add(x);
    }
}
