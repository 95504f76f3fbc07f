package giga.diffusion;

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
}
