package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.Padding;
import giga.redraw.Pass;
import java.util.ArrayList;
import java.util.List;

/**
 * A redrawer without networks for windows that go through the sampler together. Answers look at the neighbours within a
 * window only, so they do depend on how the canvas is cut.
 */
final class LocalRedrawer implements TileRedrawer, LatentRedrawer {
    static final int CALLS = 3;

    private static final int LATENT = 8;

    @Override
    public List<Planes> redraw(Pass pass, int phase, List<TileInput> batch) {
        throw new AssertionError("a tile was drawn on its own");
    }

    @Override
    public LatentRedrawer latents() {
        return this;
    }

    @Override
    public int calls(Pass pass) {
        return CALLS;
    }

    /** Green, red and blue of every eighth pixel, and a constant. */
    @Override
    public Planes encode(Pass pass, Pixels pixels) {
        Padding padding = Padding.of(pixels.width(), pixels.height());
        Planes latents = new Planes(1, 4, padding.paddedHeight() / LATENT, padding.paddedWidth() / LATENT);
        int plane = latents.width() * latents.height();
        for (int i = 0; i < plane; i++) {
            int x = Math.min(i % latents.width() * LATENT, pixels.width() - 1);
            int y = Math.min(i / latents.width() * LATENT, pixels.height() - 1);
            for (int c = 0; c < 3; c++) latents.values()[c * plane + i] = pixels.sample(x, y, c) / 255f;
            latents.values()[3 * plane + i] = 0.5f;
        }
        return latents;
    }

    @Override
    public List<Planes> answer(Pass pass, List<Region> windows, List<Planes> encoded, List<List<Planes>> known) {
        List<Planes> answers = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            Planes last = known.get(i).isEmpty() ? encoded.get(i) : known.get(i).getLast();
            answers.add(smoothed(
                    last,
                    encoded.get(i),
                    windows.get(i),
                    pass.number() + known.get(i).size()));
        }
        return answers;
    }

    private static Planes smoothed(Planes latents, Planes encoded, Region place, int key) {
        Planes result = new Planes(1, latents.channels(), latents.height(), latents.width());
        for (int i = 0; i < result.values().length; i++) {
            int x = i % result.width();
            float left = latents.values()[x > 0 ? i - 1 : i];
            float right = latents.values()[x < result.width() - 1 ? i + 1 : i];
            int here = place.x() + x + 31 * (place.y() + i / result.width() % result.height()) + key;
            result.values()[i] = 0.3f * (left + right) + 0.4f * encoded.values()[i] + 0.02f * (here * 37 % 11 - 5);
        }
        return result;
    }

    @Override
    public Planes decode(Pass pass, TileInput tile, Region region, Planes encoded, List<Planes> answers) {
        Region read = tile.tile().read();
        Planes last = answers.getLast();
        Planes pixels = new Planes(1, 3, read.height(), read.width());
        for (int i = 0; i < pixels.values().length; i++) {
            int x = (read.x() + i % read.width()) / LATENT - region.x();
            int y = (read.y() + i / read.width() % read.height()) / LATENT - region.y();
            int c = i / (read.width() * read.height());
            pixels.values()[i] = 255 * last.values()[(c * last.height() + y) * last.width() + x];
        }
        return pixels;
    }
}
