package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Heads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The denoising network of Stable Diffusion (Rombach et al., arXiv 2112.10752) in the layout of its first release, at
 * any number of levels, blocks and channels: the names and shapes of the weights are its structure.
 */
public final class UNet {
    private static final double EPS = 1e-5;

    private final TimeEmbedding timeEmbedding;
    private final Optional<Projections> labelEmbedding;
    private final List<List<UNetLayer>> down;
    private final List<UNetLayer> middle;
    private final List<List<UNetLayer>> up;
    private final GroupNorm normOut;
    private final Conv2d convOut;

    /**
     * @param weights below {@code model.diffusion_model.}
     * @param heads attention heads by channels
     */
    public UNet(Weights weights, Heads heads) {
        timeEmbedding = TimeEmbedding.of(weights.below("time_embed."));
        labelEmbedding = weights.has("label_emb.0.0.weight")
                ? Optional.of(Projections.of(weights.below("label_emb.0.")))
                : Optional.empty();
        down = blocks(weights, "input_blocks.", heads);
        middle = block(weights.below("middle_block."), heads);
        up = blocks(weights, "output_blocks.", heads);
        normOut = GroupNorm.of(weights.below("out.0."), EPS);
        convOut = Conv2d.of(weights.below("out.2."));
    }

    /**
     * Predicts noise or velocity.
     *
     * @param latents [b, c, h, w], scaled as the sampler wants it
     * @param timesteps [b], may be fractions
     * @param context the text [b, tokens, width]
     * @param vector what SDXL adds to the timestep [b, v]; must be there when {@link #vectorWidth} is
     * @return [b, c, h, w] in f32
     */
    public Tensor forward(Tensor latents, float[] timesteps, Tensor context, Optional<Tensor> vector) {
        return Scope.run(() -> {
            Tensor embedding = timeEmbedding.forward(timesteps);
            labelEmbedding.ifPresent(
                    label -> embedding.add(label.forward(vector.orElseThrow().like(convOut.weight()))));
            Tensor text = context.like(convOut.weight());
            Tensor h = latents.like(convOut.weight()).channelsLast();
            Deque<Tensor> skips = new ArrayDeque<>();
            for (List<UNetLayer> block : down) {
                h = run(block, h, embedding, text);
                skips.push(h);
            }
            h = run(middle, h, embedding, text);
            for (List<UNetLayer> block : up) {
                Tensor below = h;
                h = Scope.run(() -> run(block, joined(below, skips.pop()), embedding, text));
            }
            return convOut.forward(normOut.forward(h).silu()).to(Precision.F32);
        });
    }

    /** The width of the vector that the network wants beside the text, for families that have one. */
    public Optional<Integer> vectorWidth() {
        return labelEmbedding.map(label -> (int) label.first().weight().size(1));
    }

    /** Each block frees what it no longer needs; a whole pass would hold gigabytes. */
    private static Tensor run(List<UNetLayer> block, Tensor x, Tensor embedding, Tensor context) {
        return Scope.run(() -> {
            Tensor h = x;
            for (UNetLayer layer : block) h = layer.forward(h, embedding, context);
            return h;
        });
    }

    /** At sides that do not halve evenly the two maps differ by a pixel; A1111 resizes the one from below by nearest. */
    private static Tensor joined(Tensor h, Tensor skip) {
        boolean sameSize = h.size(2) == skip.size(2) && h.size(3) == skip.size(3);
        Tensor fitting = sameSize ? h : Functional.upsampleNearest(h, skip.size(2), skip.size(3));
        return Tensor.cat(1, List.of(fitting, skip));
    }

    private static List<List<UNetLayer>> blocks(Weights weights, String prefix, Heads heads) {
        List<List<UNetLayer>> blocks = new ArrayList<>();
        while (true) {
            List<UNetLayer> block = block(weights.below(prefix + blocks.size() + "."), heads);
            if (block.isEmpty()) return List.copyOf(blocks);
            blocks.add(block);
        }
    }

    private static List<UNetLayer> block(Weights weights, Heads heads) {
        List<UNetLayer> layers = new ArrayList<>();
        for (int i = 0; ; i++) {
            Weights layer = weights.below(i + ".");
            if (layer.has("in_layers.0.weight")) layers.add(ResBlock.of(layer));
            else if (layer.has("proj_in.weight")) layers.add(SpatialTransformer.of(layer, heads));
            else if (layer.has("op.weight")) layers.add(new Downsample(Conv2d.of(layer.below("op."), 2)));
            else if (layer.has("conv.weight")) layers.add(new Upsample(Conv2d.of(layer.below("conv."))));
            else if (layer.has("weight")) layers.add(new ConvIn(Conv2d.of(layer)));
            else return List.copyOf(layers);
        }
    }
}
