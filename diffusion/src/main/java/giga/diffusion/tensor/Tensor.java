package giga.diffusion.tensor;

import giga.diffusion.Planes;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
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

    /** Pixels, red, green and blue interleaved, as [1, 3, height, width] in f32 from 0 to 1. */
    public static Tensor ofPixels(byte[] rgb, int height, int width) {
        try (BytePointer pointer = new BytePointer(rgb)) {
            long[] shape = {1, height, width, 3};
            return new Tensor(torch.from_blob(pointer, shape, new TensorOptions(ScalarType.Byte))
                    .to(ScalarType.Float)
                    .div(new Scalar(255))
                    .permute(0, 3, 1, 2));
        }
    }

    /** The way back, rounded; what lies beyond 0 and 1 is cut. */
    public byte[] toPixels() {
        org.bytedeco.pytorch.Tensor wide = raw.to(Device.raw(Device.CPU), ScalarType.Float);
        org.bytedeco.pytorch.Tensor bytes = wide.mul(new Scalar(255))
                .round_()
                .clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(255)))
                .to(ScalarType.Byte)
                .permute(0, 2, 3, 1)
                .contiguous();
        byte[] rgb = new byte[Math.toIntExact(bytes.numel())];
        new BytePointer(bytes.data_ptr()).get(rgb);
        return rgb;
    }

    /** The same values on a device, in f32. */
    public Tensor on(Device device) {
        return new Tensor(raw.to(Device.raw(device), ScalarType.Float));
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
        // The sum of finite halves may be too much for a half; others stay as they are, for a wider sum is taken of a
        // wider copy.
        org.bytedeco.pytorch.Tensor sum =
                is(ScalarType.Half) ? raw.sum(new ScalarTypeOptional(ScalarType.Float)) : raw.sum();
        return Double.isFinite(sum.to(ScalarType.Double).item_double());
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

    /** Multiplies in place; only for a tensor that nobody else reads. */
    public Tensor scale(double factor) {
        raw.mul_(new Scalar(factor));
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

    /** In place; only for a tensor that nobody else reads. */
    public Tensor leakyRelu(double slope) {
        torch.leaky_relu_(raw, new Scalar(slope));
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

    /** Rows of this table [entries, width] by their numbers. */
    public Tensor rows(Tensor numbers) {
        return new Tensor(torch.embedding(raw, numbers.raw.to(raw.device(), ScalarType.Long)));
    }

    boolean is(ScalarType type) {
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
}
