package giga.diffusion.network;

import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The KL-regularised autoencoder of latent diffusion (Rombach et al., arXiv 2112.10752): pictures in [-1, 1] to latents
 * of an eighth of their size and back. Latents here are not yet multiplied by the model's scale.
 */
public final class AutoencoderKl implements Autoencoder {
    private final Tensor anyWeight;
    private final List<UnaryOperator<Tensor>> encoder;
    private final List<UnaryOperator<Tensor>> decoder;

    /** @param weights below {@code first_stage_model.} */
    public AutoencoderKl(Weights weights) {
        anyWeight = weights.get("encoder.conv_in.weight");
        encoder = encoder(weights);
        decoder = decoder(weights);
    }

    /** The mean of the posterior [b, c, h, w] in f32 for a picture [b, 3, 8h, 8w]. */
    @Override
    public Tensor encode(Tensor picture) {
        return Scope.run(() -> {
            Tensor moments = moments(picture);
            return moments.narrow(1, 0, moments.size(1) / 2).to(Precision.F32);
        });
    }

    /** Mean and logarithm of the variance, one behind the other [b, 2c, h, w]. */
    Tensor moments(Tensor picture) {
        return Scope.through(encoder, picture.like(anyWeight).channelsLast());
    }

    /** A picture [b, 3, 8h, 8w] in f32, about [-1, 1], for latents [b, c, h, w]. */
    @Override
    public Tensor decode(Tensor latent) {
        return Scope.run(() ->
                Scope.through(decoder, latent.like(anyWeight).channelsLast()).to(Precision.F32));
    }

    private static List<UnaryOperator<Tensor>> encoder(Weights all) {
        Weights weights = all.below("encoder.");
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        layers.add(Conv2d.of(weights.below("conv_in."))::forward);
        for (int level = 0; weights.has("down." + level + ".block.0.norm1.weight"); level++) {
            Weights down = weights.below("down." + level + ".");
            addBlocks(layers, down);
            if (down.has("downsample.conv.weight")) {
                Conv2d conv = Conv2d.of(down.below("downsample.conv."), 2).unpadded();
                layers.add(x -> conv.forward(Functional.padRightBottom(x)));
            }
        }
        addMiddle(layers, weights.below("mid."));
        addOut(layers, weights);
        layers.add(Conv2d.of(all.below("quant_conv."))::forward);
        return List.copyOf(layers);
    }

    private static List<UnaryOperator<Tensor>> decoder(Weights all) {
        Weights weights = all.below("decoder.");
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        layers.add(Conv2d.of(all.below("post_quant_conv."))::forward);
        layers.add(Conv2d.of(weights.below("conv_in."))::forward);
        addMiddle(layers, weights.below("mid."));
        int levels = 0;
        while (weights.has("up." + levels + ".block.0.norm1.weight")) levels++;
        for (int level = levels - 1; level >= 0; level--) {
            Weights up = weights.below("up." + level + ".");
            addBlocks(layers, up);
            if (up.has("upsample.conv.weight"))
                layers.add(new Upsample(Conv2d.of(up.below("upsample.conv.")))::forward);
        }
        addOut(layers, weights);
        return List.copyOf(layers);
    }

    private static void addBlocks(List<UnaryOperator<Tensor>> layers, Weights level) {
        for (int i = 0; level.has("block." + i + ".norm1.weight"); i++)
            layers.add(Block.of(level.below("block." + i + "."))::forward);
    }

    private static void addMiddle(List<UnaryOperator<Tensor>> layers, Weights middle) {
        layers.add(Block.of(middle.below("block_1."))::forward);
        layers.add(PixelAttention.of(middle.below("attn_1."))::forward);
        layers.add(Block.of(middle.below("block_2."))::forward);
    }

    private static void addOut(List<UnaryOperator<Tensor>> layers, Weights weights) {
        GroupNorm norm = GroupNorm.of(weights.below("norm_out."), Block.EPS);
        Conv2d conv = Conv2d.of(weights.below("conv_out."));
        layers.add(x -> conv.forward(norm.forward(x).silu()));
    }

    /** Residual block without a time embedding. */
    private record Block(GroupNorm norm1, Conv2d conv1, GroupNorm norm2, Conv2d conv2, Optional<Conv2d> shortcut) {
        static final double EPS = 1e-6;

        static Block of(Weights weights) {
            return new Block(
                    GroupNorm.of(weights.below("norm1."), EPS),
                    Conv2d.of(weights.below("conv1.")),
                    GroupNorm.of(weights.below("norm2."), EPS),
                    Conv2d.of(weights.below("conv2.")),
                    weights.has("nin_shortcut.weight")
                            ? Optional.of(Conv2d.of(weights.below("nin_shortcut.")))
                            : Optional.empty());
        }

        Tensor forward(Tensor x) {
            Tensor h = Scope.run(() -> conv1.forward(norm1.forward(x).silu()));
            return Scope.run(() -> conv2.forward(norm2.forward(h).silu()))
                    .add(shortcut.map(conv -> conv.forward(x)).orElse(x));
        }
    }

    /** Self-attention of all pixels, one head. */
    private record PixelAttention(GroupNorm norm, Attention attention) {
        static PixelAttention of(Weights weights) {
            Attention attention = new Attention(
                    Linear.of(weights.below("q.")),
                    Linear.of(weights.below("k.")),
                    Linear.of(weights.below("v.")),
                    Linear.of(weights.below("proj_out.")),
                    1);
            return new PixelAttention(GroupNorm.of(weights.below("norm."), Block.EPS), attention);
        }

        Tensor forward(Tensor x) {
            long height = x.size(2);
            long width = x.size(3);
            Tensor tokens = norm.forward(x).permute(0, 2, 3, 1).reshape(x.size(0), height * width, x.size(1));
            Tensor seen = attention.forward(tokens, tokens);
            return seen.reshape(x.size(0), height, width, x.size(1))
                    .permute(0, 3, 1, 2)
                    .add(x);
        }
    }
}
