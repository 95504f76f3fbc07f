package giga.redraw.run;

import giga.canvas.Region;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that is wrong with a job.
 *
 * @param subject what it is to the job, for example a chunk of a canvas
 * @param place of it in the picture of its pass, in pixels
 * @param file that lies on disk, or should
 * @param what is wrong with the file, as the end of a sentence that begins with its name
 * @param mendable whether going on with the job mends it; else somebody has to see to it first
 */
public record Finding(String subject, Optional<Region> place, Path file, String what, boolean mendable) {

    @Override
    public String toString() {
        String where = place.map(region ->
                        " at %d,%d (%dx%d)".formatted(region.x(), region.y(), region.width(), region.height()))
                .orElse("");
        return "%s%s: %s %s".formatted(subject, where, file, what);
    }
}
