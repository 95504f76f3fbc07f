package giga.diffusion.tensor;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The layers of networks as functions of their input and weights, with detours around what libtorch does badly. */
public final class Functional {
    private Functional() {}

    /**
     * @param x [b, in, h, w]
     * @param weight [out, in, side, side]
     * @return [b, out, h', w']
     */
    public static Tensor conv2d(Tensor x, Tensor weight, Optional<Tensor> bias, int stride, int padding) {
        // oneDNN's AMX kernel for strided bf16 convolutions reads memory it never wrote where the output is one column
        // wide: garbage or NaN, in PyTorch too. A picture 64 pixels wide gets there at the UNet's lowest level.
        boolean oneColumn = x.size(3) + 2L * padding < weight.size(3) + stride;
        if (stride > 1 && oneColumn && !x.is(ScalarType.Float) && onProcessor(x)) {
            Optional<Tensor> exactBias = bias.map(b -> b.to(Precision.F32));
            return conv2d(x.to(Precision.F32), weight.to(Precision.F32), exactBias, stride, padding)
                    .like(x);
        }
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        return new Tensor(torch.conv2d(x.raw(), weight.raw(), optional(bias), strides, paddings, new long[] {1, 1}, 1));
    }

    /** The last dimension projected by a weight [out, in]. */
    public static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
        if (x.is(ScalarType.Float) && x.rank() == 3 && onProcessor(x)) return linearByConvolution(x, weight, bias);
        return new Tensor(torch.linear(x.raw(), weight.raw(), optional(bias)));
    }

    /** In f32 libtorch's own projection uses one thread of OpenBLAS, a 1x1 convolution of these tokens all of oneDNN. */
    private static Tensor linearByConvolution(Tensor x, Tensor weight, Optional<Tensor> bias) {
        Tensor row = x.reshape(x.size(0), 1, x.size(1), x.size(2)).permute(0, 3, 1, 2);
        Tensor kernel = weight.reshape(weight.size(0), weight.size(1), 1, 1);
        return conv2d(row, kernel, bias, 1, 0).permute(0, 2, 3, 1).reshape(x.size(0), x.size(1), weight.size(0));
    }

    /** Rank 4; normalises each group of channels over all pixels. Keeps the channels-last layout. */
    public static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias, double eps) {
        // libtorch's kernel for channels-last takes the variance as E[x^2] - E[x]^2: in f32 five digits are lost where
        // a mean is large against its spread. Around zero it is exact, and a shift changes nothing in the result.
        Tensor shifted = x.is(ScalarType.Float) && onProcessor(x) ? minusGroupMeans(x, groups) : x;
        Tensor normed =
                new Tensor(torch.group_norm(shifted.raw(), groups, optional(weight), optional(bias), eps, true));
        if (shifted != x) shifted.free();
        return normed;
    }

    private static Tensor minusGroupMeans(Tensor x, int groups) {
        long batch = x.size(0);
        long channels = x.size(1);
        org.bytedeco.pytorch.Tensor ofChannels = x.raw().mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        org.bytedeco.pytorch.Tensor ofGroups = ofChannels
                .reshape(batch, groups, channels / groups)
                .mean(new long[] {2}, true, new ScalarTypeOptional())
                .expand(batch, groups, channels / groups);
        return new Tensor(x.raw().sub(ofGroups.reshape(batch, channels, 1, 1)));
    }

    /** Normalises the last dimension. */
    public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
        long[] shape = {x.raw().size(-1)};
        return new Tensor(torch.layer_norm(x.raw(), shape, optional(weight), optional(bias), eps, true));
    }

    /** softmax(q kᵀ / √d) v over [batch, heads, tokens, d]. */
    public static Tensor attention(Tensor query, Tensor key, Tensor value, boolean causal) {
        if (query.is(ScalarType.BFloat16) && onProcessor(query) && !Precision.processorHasBf16Tiles()) {
            return attention(query.to(Precision.F32), key.to(Precision.F32), value.to(Precision.F32), causal)
                    .to(Precision.BF16);
        }
        return new Tensor(torch.scaled_dot_product_attention(
                query.raw(), key.raw(), value.raw(), new TensorOptional(), 0.0, causal, new DoubleOptional(), false));
    }

    /** Rank 4: nearest neighbour to the given size. */
    public static Tensor upsampleNearest(Tensor x, long height, long width) {
        long[] size = {height, width};
        return new Tensor(torch.upsample_nearest2d(x.raw(), size, new DoubleOptional(), new DoubleOptional()));
    }

    /** Rank 4: one column of zeros at the right and one row at the bottom. */
    public static Tensor padRightBottom(Tensor x) {
        return new Tensor(torch.constant_pad_nd(x.raw(), 0, 1, 0, 1));
    }

    /** max(x, 0) + slope · min(x, 0), a slope for each channel. */
    public static Tensor prelu(Tensor x, Tensor slopes) {
        return new Tensor(torch.prelu(x.raw(), slopes.raw()));
    }

    /** [b, c·f², h, w] to [b, c, h·f, w·f]: channels become pixels. */
    public static Tensor pixelShuffle(Tensor x, int factor) {
        return new Tensor(torch.pixel_shuffle(x.raw(), factor));
    }

    /** [b, c, h, w] to [b, c·f², h/f, w/f]: pixels become channels. */
    public static Tensor pixelUnshuffle(Tensor x, int factor) {
        return new Tensor(torch.pixel_unshuffle(x.raw(), factor));
    }

    /** Rank 4: columns at the right and rows at the bottom, which mirror those before the rim. */
    public static Tensor reflectRightBottom(Tensor x, long right, long bottom) {
        return new Tensor(torch.reflection_pad2d(x.raw(), 0, right, 0, bottom));
    }

    /** Rank 4: columns at the right and rows at the bottom, which repeat the last. */
    public static Tensor repeatRightBottom(Tensor x, long right, long bottom) {
        return new Tensor(torch.replication_pad2d(x.raw(), 0, right, 0, bottom));
    }

    /** Rank 4: cubic convolution with a = -0.75 to half the size, without any low-pass. */
    public static Tensor halveBicubic(Tensor x) {
        long[] size = {x.size(2) / 2, x.size(3) / 2};
        return new Tensor(torch.upsample_bicubic2d(x.raw(), size, false, new DoubleOptional(), new DoubleOptional()));
    }

    private static boolean onProcessor(Tensor x) {
        return !x.raw().is_cuda();
    }

    private static TensorOptional optional(Tensor tensor) {
        return new TensorOptional(tensor.raw());
    }

    private static TensorOptional optional(Optional<Tensor> tensor) {
        return tensor.map(Functional::optional).orElseGet(TensorOptional::new);
    }
}
