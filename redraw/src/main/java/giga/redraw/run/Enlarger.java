package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import giga.redraw.PassSettings;
import giga.redraw.Upscaling;
import giga.redraw.upscale.DiffusionUpscaler;
import giga.redraw.upscale.Enlargement;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Makes canvases of passes from those before, by what the request names; its network is loaded when it is first needed. */
final class Enlarger implements AutoCloseable {
    private final Upscaling upscaling;
    private final String device;
    private Optional<DiffusionUpscaler> network = Optional.empty();

    Enlarger(PassSettings pass) {
        upscaling = pass.upscaler();
        device = pass.diffusion().model().device();
    }

    void fill(Picture before, ZarrPicture canvas, IntConsumer rowsDone) {
        if (upscaling.byLanczos()) Resample.resize(before, canvas, Filter.LANCZOS, rowsDone);
        else new Enlargement(before, network(), canvas.grid()).fill(canvas, rowsDone);
    }

    /** The same chunk by chunk, for a canvas that differs in size from the one before or not. */
    Chunks chunks(Picture before, ChunkGrid grid) {
        boolean linked = before.width() == grid.width() && before.height() == grid.height();
        if (linked) return index -> before.read(grid.region(index));
        if (!upscaling.byLanczos()) return new Upscaled(new Enlargement(before, network(), grid));
        Picture resized = Resample.resized(before, grid.width(), grid.height(), Filter.LANCZOS);
        return index -> resized.read(grid.region(index));
    }

    interface Chunks {
        Pixels read(ChunkIndex index);
    }

    /** Neighbouring chunks come from one block, of which the last stays. */
    private static final class Upscaled implements Chunks {
        private final Enlargement enlargement;
        private Optional<Region> at = Optional.empty();
        private Pixels block = new Pixels(1, 1);

        Upscaled(Enlargement enlargement) {
            this.enlargement = enlargement;
        }

        @Override
        public Pixels read(ChunkIndex index) {
            Region wanted = enlargement.block(index);
            if (!at.equals(Optional.of(wanted))) {
                block = enlargement.compute(wanted);
                at = Optional.of(wanted);
            }
            return enlargement.cut(index, block, wanted);
        }
    }

    private DiffusionUpscaler network() {
        if (network.isEmpty()) network = Optional.of(DiffusionUpscaler.open(upscaling, device));
        return network.get();
    }

    @Override
    public void close() {
        network.ifPresent(DiffusionUpscaler::close);
    }
}
