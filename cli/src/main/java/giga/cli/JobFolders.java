package giga.cli;

import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where jobs lie when nobody says where. */
final class JobFolders {
    private JobFolders() {}

    static Path beside(Path output) {
        return output.resolveSibling(output.getFileName() + ".job");
    }

    /** Refuses to overwrite a result or a job unless forced to. */
    static void makeWay(Path output, Path folder, boolean force) {
        if (force) {
            if (Job.isAt(folder)) Job.discard(folder);
            return;
        }
        if (Files.exists(output)) throw new JobException(output + " exists; give another -o, or --force to replace it");
    }
}
