package giga.redraw.job;

import giga.redraw.JobException;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Planner;
import giga.redraw.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The disk below a job's folder before the job begins.
 *
 * @param free bytes that this user may still write there
 */
record Room(Path directory, long free) {
    private static final int SCALE_STEPS = 20;

    /** Empty where the file system does not tell. */
    static Optional<Room> below(Path directory) {
        try {
            Path there = directory.toAbsolutePath().normalize();
            while (there != null && Files.notExists(there)) there = there.getParent();
            if (there == null) return Optional.empty();
            return Optional.of(new Room(directory, Files.getFileStore(there).getUsableSpace()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Refuses a job that cannot come to its end here, with what could. */
    void refuse(Request request, Plan plan) {
        long needed = request.peakDiskBytes(plan);
        if (needed <= free) return;
        List<String> ways = new ArrayList<>();
        ways.add("free some space");
        ways.add("give --job on another disk");
        fewerPasses(request, plan).ifPresent(ways::add);
        smallerScale(request, plan).ifPresent(ways::add);
        throw new JobException("The job needs up to %s of disk while it runs, and %s are free for %s: %s or %s."
                .formatted(
                        megabytes(needed),
                        megabytes(free),
                        directory,
                        String.join(", ", ways.subList(0, ways.size() - 1)),
                        ways.getLast()));
    }

    private Optional<String> fewerPasses(Request request, Plan plan) {
        for (int count = request.passes().size() - 1; count >= 1; count--) {
            Optional<Long> needed = needed(request.with(request.passes().subList(0, count)), plan);
            if (needed.filter(this::fits).isPresent())
                return Optional.of("--passes %d (%s)".formatted(count, megabytes(needed.get())));
        }
        return Optional.empty();
    }

    /** Of all passes; in steps of a twentieth, by halving: every trial is a whole plan. */
    private Optional<String> smallerScale(Request request, Plan plan) {
        double largest =
                request.passes().stream().mapToDouble(PassSettings::scale).max().orElseThrow();
        int low = SCALE_STEPS;
        int high = (int) Math.ceil(largest * SCALE_STEPS) - 1;
        Optional<String> best = Optional.empty();
        while (low <= high) {
            int middle = (low + high) / 2;
            double scale = (double) middle / SCALE_STEPS;
            Optional<Long> needed = needed(request.each(pass -> pass.scaled(Math.min(scale, pass.scale()))), plan);
            if (needed.filter(this::fits).isPresent()) {
                best = Optional.of(String.format(Locale.ROOT, "--scale %s (%s)", scale, megabytes(needed.get())));
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return best;
    }

    private boolean fits(long needed) {
        return needed <= free;
    }

    /** Empty where such a job is refused for another reason. */
    private static Optional<Long> needed(Request other, Plan plan) {
        try {
            return Optional.of(other.peakDiskBytes(Planner.plan(other, plan.sourceWidth(), plan.sourceHeight())));
        } catch (JobException e) {
            return Optional.empty();
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, bytes < 10_000_000_000L ? "%.1f MB" : "%.0f MB", bytes / 1e6);
    }
}
