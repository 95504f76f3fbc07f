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

    /** The job that a path names, be it its folder or its result. */
    static Path of(Path path) {
        if (Job.isAt(path)) return path;
        Path beside = beside(path);
        if (Job.isAt(beside)) return beside;
        throw new JobException(path + " is no job, and there is none beside it (" + beside
                + "); name the folder that the redraw was given as --job");
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
