package giga.redraw.run;

import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.nio.file.Path;

/** The run ended early because somebody asked for it; nothing is lost. */
public class StoppedException extends JobException {
    StoppedException() {
        this("Stopped.");
    }

    /** @param message what is done, and what is not */
    public StoppedException(String message) {
        super(message);
    }

    StoppedException(Path job, int tilesDone, int tiles) {
        super("Stopped with %d of %d tiles done. Go on with: %s".formatted(tilesDone, tiles, Job.resumeCommand(job)));
    }
}
