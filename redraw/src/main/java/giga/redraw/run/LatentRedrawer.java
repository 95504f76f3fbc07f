package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.Pass;
import java.util.List;

/**
 * Redraws a picture whose windows go through the sampler together. Like {@link TileRedrawer} it is called by one thread,
 * and the same question always has the same answer. Regions are in latent pixels, an eighth of the picture's; lists have
 * an item for each window of a batch.
 */
public interface LatentRedrawer {
    /** How often the denoiser is called in a pass. */
    int calls(Pass pass);

    /** Latents [1, channels, height / 8, width / 8] of pixels, whose sides are rounded up to what the networks take. */
    Planes encode(Pass pass, Pixels pixels);

    /**
     * The denoiser's next answers.
     *
     * @param encoded the windows' latents
     * @param known for each window the answers so far
     */
    List<Planes> answer(Pass pass, List<Region> windows, List<Planes> encoded, List<List<Planes>> known);

    /**
     * What a tile becomes, once all is answered: [1, 3, height, width] of its read rectangle, 0 to 255.
     *
     * @param region of the latents that holds all of the tile
     * @param encoded its latents
     * @param answers all answers there
     */
    Planes decode(Pass pass, TileInput tile, Region region, Planes encoded, List<Planes> answers);
}
