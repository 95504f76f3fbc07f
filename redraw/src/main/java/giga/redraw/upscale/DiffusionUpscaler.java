package giga.redraw.upscale;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.network.UpscalerNetwork;
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
    public Pixels upscale(Pixels window, Region part) {
        int x = part.x() / scale();
        int y = part.y() / scale();
        int width = Math.ceilDiv(part.right(), scale()) - x;
        int height = Math.ceilDiv(part.bottom(), scale()) - y;
        byte[] rgb = upscaler.upscale(
                window.width(), window.height(), window.rgb(), new UpscalerNetwork.Part(x, y, width, height));
        return new Pixels(scale() * width, scale() * height, rgb)
                .read(new Region(part.x() - scale() * x, part.y() - scale() * y, part.width(), part.height()));
    }

    @Override
    public void close() {
        upscaler.close();
    }
}
