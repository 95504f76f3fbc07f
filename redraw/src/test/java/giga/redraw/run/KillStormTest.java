package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 within every stage of a run, reading and writing files included, and within the mending of what was damaged. */
class KillStormTest {
    private static final int PAUSE = 1;

    /** Kills of one job before it is finished. */
    private static final int MOST_IN_A_ROW = 4;

    @TempDir
    static Path folder;

    private static Redraws redraws;
    private static byte[] expected;

    /** The stages of an undisturbed run, and how many milliseconds each took. */
    private static final List<String> STAGES = new ArrayList<>();

    private static final List<Long> MILLIS = new ArrayList<>();

    @BeforeAll
    static void undisturbed() throws IOException, InterruptedException {
        redraws = Redraws.in(folder, 420, 330);
        try (RedrawProcess child = RedrawProcess.start(redraws, "undisturbed", PAUSE)) {
            child.awaitBegin();
            long start = System.nanoTime();
            for (Optional<String> stage; (stage = child.awaitStage()).isPresent(); ) {
                if (!STAGES.isEmpty()) MILLIS.add(millisSince(start));
                start = System.nanoTime();
                STAGES.add(stage.get());
            }
            MILLIS.add(millisSince(start));
            assertThat(child.awaitEnd()).isZero();
        }
        expected = redraws.result("undisturbed");
        assertThat(STAGES).contains("DECODE 0", "ENLARGE 0", "ENLARGE 1", "REDRAW 0", "SETTLE 1", "EXPORT 0");
    }

    @Test
    void eightKills() throws IOException, InterruptedException {
        storm(8);
    }

    @Test
    @Tag("slow")
    void aHundredKills() throws IOException, InterruptedException {
        Map<String, Integer> killed = storm(100);
        assertThat(killed.keySet()).containsAll(STAGES);
    }

    /** How often a child was killed in which stage. */
    private static Map<String, Integer> storm(int kills) throws IOException, InterruptedException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, Integer> killed = new TreeMap<>();
        for (int count = 0, job = 0; count < kills; job++) {
            String name = "killed" + job;
            String story = "%s of seed %d".formatted(name, seed);
            for (int row = 0; row < MOST_IN_A_ROW && count < kills; row++) {
                // The first kill of each job goes through the stages in turn; the others fall in what is left.
                int target = row == 0 ? job % STAGES.size() : random.nextInt(3);
                Optional<String> stage = killIn(target, name, random);
                if (stage.isEmpty()) break;
                killed.merge(stage.get(), 1, Integer::sum);
                count++;
                story += ", killed in " + stage.get() + harm(redraws.job(name), random);
            }
            try (Job open = Job.open(redraws.job(name))) {
                Redraws.run(open);
            }
            assertThat(redraws.result(name)).as(story).isEqualTo(expected);
            try (Job open = Job.openToLook(redraws.job(name))) {
                assertThat(Verification.of(open, Progress.NONE).findings())
                        .as(story)
                        .isEmpty();
            }
            try (Stream<Path> left = Files.walk(folder)) {
                assertThat(left.filter(file -> file.toString().contains(".partial")))
                        .as(story)
                        .isEmpty();
            }
            Files.delete(redraws.output(name));
            Job.discard(redraws.job(name));
        }
        return killed;
    }

    /** Kills a child within its so manieth stage; which that was, or empty when the child was through before. */
    private static Optional<String> killIn(int target, String name, Random random)
            throws IOException, InterruptedException {
        try (RedrawProcess child = RedrawProcess.start(redraws, name, PAUSE)) {
            child.awaitBegin();
            Optional<String> stage = Optional.empty();
            for (int i = 0; i <= target; i++) {
                stage = child.awaitStage();
                if (stage.isEmpty()) return stage;
            }
            int known = STAGES.indexOf(stage.get());
            Thread.sleep(random.nextLong(known < 0 ? 20 : MILLIS.get(known) + 1));
            child.kill();
            return stage;
        }
    }

    /** Damages a file that work lies in, every second time. */
    private static String harm(Path job, Random random) throws IOException {
        if (random.nextBoolean()) return "";
        List<Path> files = new ArrayList<>();
        for (String part : List.of("canvas", "tiles", "ledger")) {
            if (!Files.isDirectory(job.resolve(part))) continue;
            try (Stream<Path> found = Files.walk(job.resolve(part))) {
                files.addAll(found.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".partial"))
                        .filter(file -> !file.toString().endsWith(".done"))
                        .collect(Collectors.toList()));
            }
        }
        if (files.isEmpty()) return "";
        Path file = files.get(random.nextInt(files.size()));
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        harm.on(file);
        return ", %s %s".formatted(harm, job.relativize(file));
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
