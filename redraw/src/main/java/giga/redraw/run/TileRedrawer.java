package giga.redraw.run;

import giga.diffusion.Planes;
import giga.redraw.Pass;
import java.util.List;

/**
 * Redraws tiles: the one thing a run does not do itself. What becomes of a tile may depend on its pixels, its place, the
 * pass, its phase and settings fixed for the whole job, on nothing else: a tile may be asked for again after a kill or on another
 * machine and must come out the same in the same batch.
 */
@FunctionalInterface
public interface TileRedrawer {
    /**
     * Always called by the thread that started the run, one batch after the other.
     *
     * @param phase of the pass, from 0
     * @param batch the tiles of one batch of the plan
     * @return for each tile in turn [1, 3, height, width] of its read rectangle: red, green, blue, 0 to 255, values beyond
     *     are cut
     */
    List<Planes> redraw(Pass pass, int phase, List<TileInput> batch);

    /**
     * The same model for windows that go through the sampler together.
     *
     * @throws UnsupportedOperationException where there is none
     */
    default LatentRedrawer latents() {
        throw new UnsupportedOperationException("tiles only");
    }
}
