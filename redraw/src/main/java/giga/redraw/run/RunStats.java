package giga.redraw.run;

import java.util.Locale;

/**
 * What a run did and where its time went, in seconds as the starting thread saw them: but for moments they add up to the
 * total.
 *
 * @param tilesDrawn by this run
 * @param tilesFound finished by earlier runs of the job
 * @param mended tiles and chunks found damaged and done again
 * @param redraw inside {@link TileRedrawer#redraw}
 * @param readWait waiting for pixels of tiles
 * @param writeWait waiting for results to be stored
 * @param decode reading the picture
 * @param enlarge between the passes
 * @param settle blending results into the canvas
 * @param export writing the result
 * @param tidy deleting what is no longer needed
 * @param total of the run
 */
public record RunStats(
        int tilesDrawn,
        int tilesFound,
        int mended,
        double redraw,
        double readWait,
        double writeWait,
        double decode,
        double enlarge,
        double settle,
        double export,
        double tidy,
        double total) {

    /** Seconds that were not spent redrawing. */
    public double outside() {
        return total - redraw;
    }

    /** One line for people. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%d tiles in %.1f s: redrawing %.1f s, other %.1f s (%.1f %%: decode %.1f, enlarge %.1f, wait for reads %.1f, for writes %.1f, settle %.1f, export %.1f, tidy %.1f)",
                tilesDrawn,
                total,
                redraw,
                outside(),
                total > 0 ? 100 * outside() / total : 0,
                decode,
                enlarge,
                readWait,
                writeWait,
                settle,
                export,
                tidy);
    }
}
