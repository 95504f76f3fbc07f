package giga.diffusion.upscale;

import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.network.UpscalerNetwork;
import giga.diffusion.tensor.EntryWeights;
import giga.diffusion.tensor.Functional;
import giga.diffusion.tensor.Lifetime;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network that makes pictures larger by a whole factor: compact (SRVGG) or RRDB, from {@code .pth}, {@code
 * .safetensors} or ncnn's {@code .param} and {@code .bin}. Holds native memory until it is closed; used by one thread at a
 * time.
 */
public final class Upscaler implements AutoCloseable {
    private static final int COMPACT_SIDE = 512;
    private static final int RRDB_RESULT_SIDE = 1024;

    private final Shape shape;
    private final boolean halves;
    private final String description;
    private final Placement placement;
    private final Lifetime<UpscalerNetwork> network;

    private Upscaler(UpscalerFile file, EntryWeights weights) {
        shape = file.shape();
        halves = file.halves();
        description = file.toString();
        placement = weights.placement();
        network = Lifetime.of(() -> shape.network(weights));
    }

    /** @throws ModelException where the file cannot be read, is damaged or no upscaler of a known kind */
    public static Upscaler open(Path path, Placement placement) {
        try (UpscalerFile file = UpscalerFile.open(path)) {
            return new Upscaler(
                    file, new EntryWeights(path.toString(), file.tensors(), Optional.empty(), 1, placement));
        }
    }

    /**
     * Deep network interpolation (Wang et al. 2018) of two files of one network, which Real-ESRGAN's general models are
     * made for: every weight is strength · strong + (1 - strength) · weak.
     *
     * @param strength 0 to 1
     * @throws ModelException also where the two are not of one shape
     */
    public static Upscaler blend(Path strong, Path weak, double strength, Placement placement) {
        if (!(strength >= 0 && strength <= 1))
            throw new ModelException("upscaler strength %s: give 0 to 1".formatted(strength));
        try (UpscalerFile one = UpscalerFile.open(strong);
                UpscalerFile other = UpscalerFile.open(weak)) {
            if (!one.shape().equals(other.shape()) || one.halves() != other.halves())
                throw new ModelException("%s is %s and %s is %s: only upscalers of one shape can be mixed."
                        .formatted(strong, one, weak, other));
            EntryWeights weights = new EntryWeights(
                    strong + " and " + weak, one.tensors(), Optional.of(other.tensors()), strength, placement);
            return new Upscaler(one, weights);
        }
    }

    /**
     * What a file is, for people, such as "compact (SRVGG) x4, 34 convolutions of 64 channels".
     *
     * @throws ModelException as {@link #open}
     */
    public static String describe(Path path) {
        try (UpscalerFile file = UpscalerFile.open(path)) {
            return file.toString();
        }
    }

    /** Every file that belongs to one that {@link #open} takes: ncnn's models have two. */
    public static List<Path> files(Path path) {
        return NcnnFile.isNcnn(path) ? NcnnFile.both(path) : List.of(path);
    }

    /** What {@link #describe(Path)} says of its file. */
    public String description() {
        return description;
    }

    /** Pixels of the result a side for each of the input. */
    public int scale() {
        return halves ? shape.scale() / 2 : shape.scale();
    }

    /** Whether {@link #halo} is all of the input that has a say in a pixel. */
    public boolean isExact() {
        return shape instanceof Shape.Compact || halo() >= reach();
    }

    /** How many pixels of input around a pixel have a say in it, as far as 8 bits show. */
    public int halo() {
        return shape.halo() + (halves ? 1 : 0);
    }

    private int reach() {
        return shape.reach() + (halves ? 1 : 0);
    }

    /** Sides of windows of the input are multiples of this, and their corners lie on such. */
    public int multiple() {
        return shape.multiple();
    }

    /** Side of the squares of input, without a halo, that are upscaled well in one go. */
    public int side() {
        return shape instanceof Shape.Compact ? COMPACT_SIDE : RRDB_RESULT_SIDE / shape.scale();
    }

    /** [1, 3, h, w], red, green, blue from 0 to 1, to [1, 3, h·scale, w·scale]; values may lie a little beyond. */
    public Planes upscale(Planes picture) {
        return Scope.read(() -> {
            Tensor pixels = Tensor.of(picture);
            return forward(pixels, UpscalerNetwork.Part.all(pixels)).toPlanes();
        });
    }

    /**
     * The same for pixels.
     *
     * @param rgb interleaved, row by row
     * @return likewise, of width·scale x height·scale pixels, rounded
     */
    public byte[] upscale(int width, int height, byte[] rgb) {
        return upscale(width, height, rgb, new UpscalerNetwork.Part(0, 0, width, height));
    }

    /** The same for a part of these pixels alone: the rest is only seen. */
    public byte[] upscale(int width, int height, byte[] rgb, UpscalerNetwork.Part part) {
        return Scope.read(
                () -> forward(Tensor.ofPixels(rgb, height, width), part).toPixels());
    }

    private Tensor forward(Tensor picture, UpscalerNetwork.Part part) {
        return Scope.run(() -> {
            Tensor input = padded(picture).on(placement.device());
            if (!halves) return network.value().forward(input, part);
            Tensor large = network.value().forward(input, UpscalerNetwork.Part.all(input));
            return part.of(Functional.halveBicubic(large), scale());
        });
    }

    /** To a multiple of the groups of pixels that the network sees, by reflection where there is enough to reflect. */
    private Tensor padded(Tensor picture) {
        long right = Math.floorMod(-picture.size(3), multiple());
        long bottom = Math.floorMod(-picture.size(2), multiple());
        if (right == 0 && bottom == 0) return picture;
        return right < picture.size(3) && bottom < picture.size(2)
                ? Functional.reflectRightBottom(picture, right, bottom)
                : Functional.repeatRightBottom(picture, right, bottom);
    }

    @Override
    public void close() {
        network.close();
    }
}
