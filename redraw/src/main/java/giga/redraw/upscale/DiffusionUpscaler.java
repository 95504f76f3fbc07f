package giga.redraw.upscale;

import giga.canvas.Pixels;
import giga.diffusion.tensor.Placement;
import giga.diffusion.upscale.Upscaler;
import giga.redraw.Upscaling;
import java.nio.file.Path;

/** Upscales by a network of the diffusion module. */
public record DiffusionUpscaler(Upscaler upscaler) implements TileUpscaler, AutoCloseable {
    /**
     * @param upscaling not Lanczos
     * @param device where it computes
     * @throws giga.diffusion.ModelException when the file is no upscaler, or damaged
     */
    public static DiffusionUpscaler open(Upscaling upscaling, String device) {
        Placement placement = Placement.of(device, upscaling.precision());
        Path file = Path.of(upscaling.file());
        return new DiffusionUpscaler(
                upscaling.weak().isEmpty()
                        ? Upscaler.open(file, placement)
                        : Upscaler.blend(file, Path.of(upscaling.weak()), upscaling.strength(), placement));
    }

    @Override
    public int scale() {
        return upscaler.scale();
    }

    @Override
    public int halo() {
        return upscaler.halo();
    }

    @Override
    public int side() {
        return upscaler.side();
    }

    @Override
    public int multiple() {
        return upscaler.multiple();
    }

    @Override
    public Pixels upscale(Pixels window) {
        return new Pixels(
                scale() * window.width(),
                scale() * window.height(),
                upscaler.upscale(window.width(), window.height(), window.rgb()));
    }

    @Override
    public void close() {
        upscaler.close();
    }
}
