package giga.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Float values {@code [batch, channels, height, width]} in C order on the JVM's heap: latents, noise, or RGB pixels in
 * [-1, 1]. Samplers calculate on these, so their arithmetic is the same on every machine and device; only networks
 * calculate on tensors.
 */
public record Planes(int batch, int channels, int height, int width, float[] values) {
    public Planes {
        int size = Math.multiplyExact(Math.multiplyExact(batch, channels), Math.multiplyExact(height, width));
        if (batch <= 0 || channels <= 0 || height <= 0 || width <= 0 || values.length != size)
            throw new IllegalArgumentException(
                    "%d values for [%d, %d, %d, %d]".formatted(values.length, batch, channels, height, width));
    }

    public Planes(int batch, int channels, int height, int width) {
        this(
                batch,
                channels,
                height,
                width,
                new float[Math.multiplyExact(Math.multiplyExact(batch, channels), Math.multiplyExact(height, width))]);
    }

    /** The items of all parts in order, as one batch; channels, height and width must be equal. */
    public static Planes stack(List<Planes> parts) {
        Planes first = parts.getFirst();
        Planes whole =
                new Planes(parts.stream().mapToInt(Planes::batch).sum(), first.channels, first.height, first.width);
        int at = 0;
        for (Planes part : parts) {
            if (part.channels != first.channels || part.height != first.height || part.width != first.width)
                throw new IllegalArgumentException("[%d, %d, %d] beside [%d, %d, %d]"
                        .formatted(part.channels, part.height, part.width, first.channels, first.height, first.width));
            System.arraycopy(part.values, 0, whole.values, at, part.values.length);
            at += part.values.length;
        }
        return whole;
    }

    /** Item {@code index} of the batch, copied: {@code [1, channels, height, width]}. */
    public Planes item(int index) {
        Objects.checkIndex(index, batch);
        int size = values.length / batch;
        return new Planes(1, channels, height, width, Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    /** The items of the batch, each copied. */
    public List<Planes> items() {
        return IntStream.range(0, batch).mapToObj(this::item).toList();
    }

    /**
     * A rectangle of every plane, copied: {@code [batch, channels, height, width]}.
     *
     * @throws IndexOutOfBoundsException where it does not lie inside
     */
    public Planes part(int x, int y, int width, int height) {
        Objects.checkFromIndexSize(x, width, this.width);
        Objects.checkFromIndexSize(y, height, this.height);
        Planes part = new Planes(batch, channels, height, width);
        for (int plane = 0; plane < batch * channels; plane++) {
            for (int row = 0; row < height; row++) {
                int from = (plane * this.height + y + row) * this.width + x;
                System.arraycopy(values, from, part.values, (plane * height + row) * width, width);
            }
        }
        return part;
    }
}
