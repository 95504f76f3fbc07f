package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One damage at a time, at a random place of a random file of a job that was stopped anywhere: it is found and named, and
 * then mended to the same bytes or refused; never does it come to another picture.
 */
class DamageStormTest {
    private static final Request.Tiling TILING = new Request.Tiling(128, 64, 16, Request.Order.CHESS, 16, 2);

    @TempDir
    static Path folder;

    private static final List<Path> SNAPSHOTS = new ArrayList<>();
    private static byte[] expected;

    /** Jobs at all moments, and the result of an undisturbed one, all to be written to one place. */
    @BeforeAll
    static void stopped() throws IOException {
        Redraws redraws = Redraws.in(folder, 280, 210);
        for (MendingTest.Moment moment : MendingTest.Moment.values()) {
            Stop stop = new Stop();
            try (Job job = redraws.create("stormy", TILING, 2, 2)) {
                assertThatThrownBy(() -> new RedrawRun(
                                        job, new TexturedRedrawer(), RunOptions.DEFAULT, moment.stopping(stop), stop)
                                .run())
                        .isInstanceOf(StoppedException.class);
            }
            Path snapshot = folder.resolve("snapshot-" + moment);
            Files.move(redraws.job("stormy"), snapshot);
            SNAPSHOTS.add(snapshot);
        }
        try (Job job = redraws.create("stormy", TILING, 2, 2)) {
            Redraws.run(job);
        }
        expected = redraws.result("stormy");
        deleteAll(redraws.job("stormy"));
    }

    @Test
    void twentyDamages() throws IOException {
        storm(20);
    }

    @Test
    @Tag("slow")
    void aHundredAndFiftyDamages() throws IOException {
        storm(150);
    }

    private static void storm(int rounds) throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Redraws redraws = new Redraws(folder);
        int found = 0;
        for (int round = 0; round < rounds; round++) {
            Path snapshot = SNAPSHOTS.get(random.nextInt(SNAPSHOTS.size()));
            // Not where the job began: it is moved each time.
            Path job = folder.resolve("round-" + round);
            copy(snapshot, job);
            // Half of the damages cannot be overlooked, so how many are found is not left to chance.
            boolean mustBeFound = round % 2 == 0;
            List<Path> files = mustBeFound ? telling(job) : files(job);
            Path file = files.get(random.nextInt(files.size()));
            String how = harm(file, random, mustBeFound ? 2 : 3);
            String story = "seed %d, round %d, %s: %s %s"
                    .formatted(seed, round, snapshot.getFileName(), how, job.relativize(file));
            if (isFound(job, file, story)) found++;
            else assertThat(isHarmless(job.relativize(file), how)).as(story).isTrue();
            Files.deleteIfExists(redraws.output("stormy"));
            if (resumes(job, file, story)) {
                assertThat(redraws.result("stormy")).as(story).isEqualTo(expected);
                try (Job open = Job.openToLook(job)) {
                    assertThat(Verification.of(open, Progress.NONE).findings())
                            .as(story)
                            .isEmpty();
                }
            } else {
                assertThat(redraws.output("stormy")).as(story).doesNotExist();
            }
            deleteAll(job);
        }
        assertThat(found).as("seed " + seed).isGreaterThan(rounds / 4);
    }

    private static boolean isFound(Path job, Path file, String story) {
        try (Job open = Job.openToLook(job)) {
            List<Finding> findings = Verification.of(open, Progress.NONE).findings().stream()
                    .filter(finding -> !finding.subject().equals("the result"))
                    .toList();
            // One damage, one line.
            assertThat(findings).as(story).allMatch(finding -> finding.file().equals(file));
            return !findings.isEmpty();
        } catch (JobException e) {
            assertThat(e).as(story).hasMessageContaining(job.toString());
            return true;
        }
    }

    /**
     * Nothing hangs on what is told to people and on what a resume makes anew. What was deleted of an unfinished state or
     * of the ledger is as if it had never been, and all that the canvas' description says is its size.
     */
    private static boolean isHarmless(Path file, String how) {
        String name = file.toString();
        return List.of("run.log", "progress.json", "forecast.json", "lock").contains(name)
                || name.endsWith("zarr.json")
                || name.endsWith(".done")
                || name.startsWith("ledger")
                || how.equals("deleted");
    }

    /** False when it was refused in a sentence that names the file. */
    private static boolean resumes(Path job, Path file, String story) {
        try (Job open = Job.open(job)) {
            Redraws.run(open);
            return true;
        } catch (JobException e) {
            assertThat(e).as(story).hasMessageContaining(file.getFileName().toString());
            return false;
        }
    }

    /** @param kinds 2 for a flipped bit or a cut, 3 for these or a deletion */
    private static String harm(Path file, Random random, int kinds) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int kind = bytes.length == 0 ? 2 : random.nextInt(kinds);
        switch (kind) {
            case 0 -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return "bit flipped";
            }
            case 1 -> {
                Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                return "cut";
            }
            default -> {
                Files.delete(file);
                return "deleted";
            }
        }
    }

    /** Files whose bytes all count: the recipe, the plan, manifests, chunks and tiles. */
    private static List<Path> telling(Path job) throws IOException {
        List<Path> telling = new ArrayList<>();
        for (Path file : files(job))
            if (Files.size(file) > 0 && !isHarmless(job.relativize(file), "")) telling.add(file);
        return telling;
    }

    private static List<Path> files(Path job) throws IOException {
        try (Stream<Path> found = Files.walk(job)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path path : found.toList())
                Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
