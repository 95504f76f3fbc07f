package giga.redraw.run;

import giga.redraw.JobException;

/**
 * How a run uses the machine; nothing here changes the result.
 *
 * @param readers threads that read tiles ahead
 * @param writers threads that store results
 * @param settlers threads that blend results into the canvas
 * @param keep whether states and tile results stay on disk after they were used
 */
public record RunOptions(int readers, int writers, int settlers, boolean keep) {
    /** Files are small and the networks slow: more threads gain nothing. */
    public static final RunOptions DEFAULT = new RunOptions(1, 1, 2, false);

    private static final int MOST = 64;

    public RunOptions {
        for (int threads : new int[] {readers, writers, settlers})
            if (threads < 1 || threads > MOST)
                throw new JobException("%d threads: give 1 to %d.".formatted(threads, MOST));
    }

    /** The same, with states and tile results left on disk. */
    public RunOptions keeping() {
        return new RunOptions(readers, writers, settlers, true);
    }
}
