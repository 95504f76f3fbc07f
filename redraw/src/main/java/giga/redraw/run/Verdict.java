package giga.redraw.run;

import giga.redraw.job.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of looking through a job's folder.
 *
 * @param complete the last state of the picture that is complete
 * @param chunks that were read, sound or not
 * @param tiles whose results were read, sound or not
 */
public record Verdict(
        Path job, Optional<String> complete, boolean finished, long chunks, long tiles, List<Finding> findings) {
    public Verdict {
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    /** A line for each finding, and one for all. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) text.append(finding).append('\n');
        String checked = "%s and %s checked".formatted(count(chunks, "chunk"), count(tiles, "tile"));
        if (isSound()) return text + "%s is sound: %s; %s".formatted(job, progress(), checked);
        String damages = "%s in %s, %s".formatted(count(findings.size(), "damage"), job, checked);
        boolean mendable = findings.stream().allMatch(Finding::mendable);
        return text
                + (mendable
                        ? "%s; `%s` mends %s".formatted(damages, resume(), findings.size() == 1 ? "it" : "them")
                        : "%s; see to what is not the job's own first, then `%s`".formatted(damages, resume()));
    }

    private String progress() {
        if (finished) return "finished";
        return complete.map(state -> "canvas " + state + " is the last that is complete")
                .orElse("nothing is complete yet");
    }

    private String resume() {
        return Job.resumeCommand(job);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
