package giga.redraw.run;

/**
 * A stretch of a run that has a bar of its own.
 *
 * @param pass from 0; 0 where the stage belongs to no pass
 * @param phase of the pass, from 0; 0 where the stage belongs to no phase
 * @param name of the phase, empty where the stage belongs to none
 * @param total units of work in it, see {@link Kind}
 */
public record Stage(Kind kind, int pass, int phase, String name, long total) {
    /** A stage without a name of its own. */
    public Stage(Kind kind, int pass, int phase, long total) {
        this(kind, pass, phase, "", total);
    }

    public enum Kind {
        /** The picture is decoded into the first canvas; rows. */
        DECODE,
        /** The canvas of a pass is made from the one before; rows. */
        ENLARGE,
        /** New pictures are sampled; evaluations of the UNet. */
        DRAW,
        /** The canvas becomes latents, for windows that go through the sampler together; pieces. */
        ENCODE,
        /** One call of the denoiser for all windows, numbered from 1 where other stages have their phase; windows. */
        SAMPLE,
        /** The networks' part; tiles. */
        REDRAW,
        /** The results become the next canvas; chunks. */
        SETTLE,
        /** The result is written to its file; rows. */
        EXPORT,
        /** Parts of a picture come from a server; tiles. */
        FETCH,
        /** What lies in a job's folder is read and compared with its checksums; files. */
        VERIFY,
        /** A picture is measured; megapixels read, of which nobody knows how many there will be: the total is -1. */
        MEASURE
    }
}
