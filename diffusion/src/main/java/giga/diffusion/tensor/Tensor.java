package giga.diffusion.tensor;

import giga.diffusion.Planes;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A tensor of libtorch with the operations that the networks are written in. Lives as long as its {@link Scope}.
 *
 * <p>Operations in place return this very object: what the binding returns for them is a second handle that does not own
 * the tensor, and would dangle once the first is freed.
 */
public final class Tensor {
    private final org.bytedeco.pytorch.Tensor raw;

    Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    /** Values in C order; copied. */
    public static Tensor of(float[] values, long... shape) {
        try (FloatPointer pointer = new FloatPointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Float))
                    .clone());
        }
    }

    /** Values in C order; copied. */
    public static Tensor of(long[] values, long... shape) {
        try (LongPointer pointer = new LongPointer(values)) {
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Long))
                    .clone());
        }
    }

    /** [batch, channels, height, width] as f32. */
    public static Tensor of(Planes planes) {
        return of(planes.values(), planes.batch(), planes.channels(), planes.height(), planes.width());
    }

    /** The way back, from any precision and memory layout. */
    public Planes toPlanes() {
        return new Planes((int) size(0), (int) size(1), (int) size(2), (int) size(3), toFloats());
    }

    /** The values in C order. */
    public float[] toFloats() {
        org.bytedeco.pytorch.Tensor plain =
                raw.to(Device.raw(Device.CPU), ScalarType.Float).contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        plain.data_ptr_float().get(values);
        return values;
    }

    /** Whether no value is NaN or infinite; a sum carries either to its end at the speed of memory. */
    public boolean isFinite() {
        // In f32: the sum of finite halves may be too much for a half.
        return Double.isFinite(raw.sum(new ScalarTypeOptional(ScalarType.Float))
                .to(ScalarType.Double)
                .item_double());
    }

    /** As a network's weight, converted and laid out in one go: convolutions channels-last. */
    Tensor toLayer(Placement placement) {
        MemoryFormat layout = rank() == 4 ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        return new Tensor(raw.to(
                Device.raw(placement.device()),
                placement.precision().type(),
                false,
                false,
                new MemoryFormatOptional(layout)));
    }

    boolean isAt(long address) {
        return raw.data_ptr().address() == address;
    }

    public long size(int dimension) {
        return raw.size(dimension);
    }

    public long[] shape() {
        return raw.sizes().vec().get();
    }

    public int rank() {
        return (int) raw.dim();
    }

    /** In f32 where it is fp16, else this very tensor. */
    public Tensor withoutHalves() {
        return is(ScalarType.Half) ? to(Precision.F32) : this;
    }

    public Tensor to(Precision precision) {
        return is(precision.type()) ? this : new Tensor(raw.to(precision.type()));
    }

    /** In another tensor's precision, and on its device: inputs follow the weights. */
    public Tensor like(Tensor other) {
        return new Tensor(raw.to(other.raw));
    }

    /** Rank 4 only: the memory layout [batch, height, width, channels], which convolutions are fastest on. */
    public Tensor channelsLast() {
        return new Tensor(raw.contiguous(MemoryFormat.ChannelsLast));
    }

    /** In C order; this very object where it already is. */
    public Tensor contiguous() {
        return raw.is_contiguous() ? this : new Tensor(raw.contiguous());
    }

    public Tensor copy() {
        return new Tensor(raw.clone());
    }

    public Tensor plus(Tensor other) {
        return new Tensor(raw.add(other.raw));
    }

    /** Adds in place; only for a tensor that nobody else reads. */
    public Tensor add(Tensor other) {
        raw.add_(other.raw);
        return this;
    }

    /** Takes on another tensor's values, in this one's precision; also writes through a view that {@link #narrow} gives. */
    public Tensor copyFrom(Tensor other) {
        raw.copy_(other.raw);
        return this;
    }

    /** Multiplies in place; only for a tensor that nobody else reads. */
    public Tensor multiply(Tensor other) {
        raw.mul_(other.raw);
        return this;
    }

    public Tensor times(double factor) {
        return new Tensor(raw.mul(new Scalar(factor)));
    }

    /** Element by element, sides of 1 repeated as needed. */
    public Tensor times(Tensor other) {
        return new Tensor(raw.mul(other.raw));
    }

    /** Element by element, sides of 1 repeated as needed. */
    public Tensor over(Tensor divisor) {
        return new Tensor(raw.div(divisor.raw));
    }

    public Tensor minus(Tensor other) {
        return new Tensor(raw.sub(other.raw));
    }

    /** The product of two matrices. */
    public Tensor matmul(Tensor other) {
        return new Tensor(raw.matmul(other.raw));
    }

    /** Adds factor · left · right, matrices, in place; only for a tensor that nobody else reads. */
    public Tensor addProduct(Tensor left, Tensor right, double factor) {
        raw.addmm_(left.raw, right.raw, new Scalar(1), new Scalar(factor));
        return this;
    }

    /** Takes over the values of another of the same shape, in place; also where this is a view. */
    public Tensor set(Tensor values) {
        raw.copy_(values.raw);
        return this;
    }

    /** Euclidean norms over all dimensions but one; the others stay, with side 1. */
    public Tensor normsAlong(int kept) {
        long[] others = LongStream.range(0, rank())
                .filter(dimension -> dimension != kept)
                .toArray();
        return new Tensor(torch.linalg_vector_norm(raw, new Scalar(2), others, true, new ScalarTypeOptional()));
    }

    /** Nothing below a least value. */
    public Tensor atLeast(double least) {
        return new Tensor(raw.clamp_min(new Scalar(least)));
    }

    public Tensor plus(double summand) {
        return new Tensor(raw.add(new Scalar(summand)));
    }

    public Tensor conv2d(Tensor weight, Optional<Tensor> bias, int stride, int padding) {
        // oneDNN's AMX kernel for strided bf16 convolutions reads memory it never wrote where the output is one column
        // wide: garbage or NaN, in PyTorch too. A picture 64 pixels wide gets there at the UNet's lowest level.
        boolean oneColumn = size(3) + 2L * padding < weight.size(3) + stride;
        if (stride > 1 && oneColumn && !is(ScalarType.Float) && !raw.is_cuda()) {
            Tensor exact = to(Precision.F32)
                    .conv2d(weight.to(Precision.F32), bias.map(b -> b.to(Precision.F32)), stride, padding);
            return new Tensor(exact.raw.to(raw.scalar_type()));
        }
        long[] strides = {stride, stride};
        long[] paddings = {padding, padding};
        return new Tensor(torch.conv2d(raw, weight.raw, optional(bias), strides, paddings, new long[] {1, 1}, 1));
    }

    /** The last dimension projected by a weight [out, in]. */
    public Tensor linear(Tensor weight, Optional<Tensor> bias) {
        if (is(ScalarType.Float) && rank() == 3 && !raw.is_cuda()) return linearByConvolution(weight, bias);
        return new Tensor(torch.linear(raw, weight.raw, optional(bias)));
    }

    /** In f32 libtorch's own projection uses one thread of OpenBLAS, a 1x1 convolution of these tokens all of oneDNN. */
    private Tensor linearByConvolution(Tensor weight, Optional<Tensor> bias) {
        Tensor row = reshape(size(0), 1, size(1), size(2)).permute(0, 3, 1, 2);
        Tensor kernel = weight.reshape(weight.size(0), weight.size(1), 1, 1);
        return row.conv2d(kernel, bias, 1, 0).permute(0, 2, 3, 1).reshape(size(0), size(1), weight.size(0));
    }

    /** Rank 4; normalises each group of channels over all pixels. Keeps the channels-last layout. */
    public Tensor groupNorm(int groups, Tensor weight, Tensor bias, double eps) {
        // libtorch's kernel for channels-last takes the variance as E[x^2] - E[x]^2: in f32 five digits are lost where
        // a mean is large against its spread. Around zero it is exact, and a shift changes nothing in the result.
        Tensor x = is(ScalarType.Float) && !raw.is_cuda() ? minusGroupMeans(groups) : this;
        Tensor normed = new Tensor(torch.group_norm(x.raw, groups, optional(weight), optional(bias), eps, true));
        if (x != this) x.free();
        return normed;
    }

    private Tensor minusGroupMeans(int groups) {
        long batch = size(0);
        long channels = size(1);
        org.bytedeco.pytorch.Tensor ofChannels = raw.mean(new long[] {2, 3}, true, new ScalarTypeOptional());
        org.bytedeco.pytorch.Tensor ofGroups = ofChannels
                .reshape(batch, groups, channels / groups)
                .mean(new long[] {2}, true, new ScalarTypeOptional())
                .expand(batch, groups, channels / groups);
        return new Tensor(raw.sub(ofGroups.reshape(batch, channels, 1, 1)));
    }

    public Tensor layerNorm(Tensor weight, Tensor bias, double eps) {
        long[] shape = {raw.size(-1)};
        return new Tensor(torch.layer_norm(raw, shape, optional(weight), optional(bias), eps, true));
    }

    /** x · sigmoid(x), in place; only for a tensor that nobody else reads. */
    public Tensor silu() {
        torch.silu_(raw);
        return this;
    }

    /** In place; only for a tensor that nobody else reads. */
    public Tensor relu() {
        torch.relu_(raw);
        return this;
    }

    public Tensor tanh() {
        return new Tensor(torch.tanh(raw));
    }

    /** The exact GELU, by erf; a new tensor. */
    public Tensor gelu() {
        return new Tensor(torch.gelu(raw));
    }

    /** x · sigmoid(1.702 x). */
    public Tensor quickGelu() {
        return new Tensor(raw.mul(torch.sigmoid(raw.mul(new Scalar(1.702)))));
    }

    public Tensor reshape(long... shape) {
        return new Tensor(raw.reshape(shape));
    }

    public Tensor permute(long... order) {
        return new Tensor(raw.permute(order));
    }

    public Tensor transpose(int a, int b) {
        return new Tensor(raw.transpose(a, b));
    }

    /** {@code length} entries of a dimension from {@code start} on; a view. */
    public Tensor narrow(int dimension, long start, long length) {
        return new Tensor(raw.narrow(dimension, start, length));
    }

    public static Tensor cat(int dimension, List<Tensor> parts) {
        org.bytedeco.pytorch.Tensor[] raws =
                parts.stream().map(part -> part.raw).toArray(org.bytedeco.pytorch.Tensor[]::new);
        return new Tensor(torch.cat(new TensorVector(raws), dimension));
    }

    /** Rank 4: nearest neighbour to the given size. */
    public Tensor upsampleNearest(long height, long width) {
        return new Tensor(
                torch.upsample_nearest2d(raw, new long[] {height, width}, new DoubleOptional(), new DoubleOptional()));
    }

    /** Rank 4: one column of zeros at the right and one row at the bottom. */
    public Tensor padRightBottom() {
        return new Tensor(torch.constant_pad_nd(raw, 0, 1, 0, 1));
    }

    /** Rows of this table [entries, width] by their numbers. */
    public Tensor rows(Tensor numbers) {
        return new Tensor(torch.embedding(raw, numbers.raw.to(raw.device(), ScalarType.Long)));
    }

    /** softmax(q kᵀ / √d) v over [batch, heads, tokens, d]; this is q. */
    public Tensor attend(Tensor key, Tensor value, boolean causal) {
        if (is(ScalarType.BFloat16) && !raw.is_cuda() && !Precision.processorHasBf16Tiles()) {
            return to(Precision.F32)
                    .attend(key.to(Precision.F32), value.to(Precision.F32), causal)
                    .to(Precision.BF16);
        }
        return new Tensor(torch.scaled_dot_product_attention(
                raw, key.raw, value.raw, new TensorOptional(), 0.0, causal, new DoubleOptional(), false));
    }

    private boolean is(ScalarType type) {
        // The binding makes a new object of the enum at every call.
        return raw.scalar_type().intern() == type;
    }

    /** Before its scope ends; only for a tensor that nobody reads any more. */
    void free() {
        raw.close();
    }

    org.bytedeco.pytorch.Tensor raw() {
        return raw;
    }

    private static TensorOptional optional(Tensor tensor) {
        return new TensorOptional(tensor.raw);
    }

    private static TensorOptional optional(Optional<Tensor> tensor) {
        return tensor.map(Tensor::optional).orElseGet(TensorOptional::new);
    }
}
