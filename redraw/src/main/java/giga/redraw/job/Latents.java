package giga.redraw.job;

import giga.canvas.Region;
import java.nio.file.Path;
import java.util.List;

/** The latents of one pass whose windows go through the sampler together; on disk until the pass is drawn. */
public final class Latents {
    private final Path directory;

    Latents(Path directory) {
        this.directory = directory;
    }

    /**
     * @param number 0 for the encoded picture, k for the denoiser's k-th answers
     * @param width of the canvas in latent pixels
     * @param pieces that cover it, always the same for a number
     */
    public LatentLayer layer(int number, int width, int height, List<Region> pieces, LatentLayer.Weight weight) {
        return new LatentLayer(directory.resolve(Integer.toString(number)), width, height, pieces, weight);
    }

    public void delete() {
        Disk.delete(directory);
    }
}
