package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.Request;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Runs broken off anywhere, mending included, with random damage done to all that lies on disk in between. */
class MendingStormTest {
    private static final Request.Tiling TILING = new Request.Tiling(128, 64, 16, Request.Order.CHESS, 16, 2);
    private static final int BREAKS = 3;
    private static final int MOST_EVENTS = 120;

    private static Path folder;
    private static byte[] expected;

    @BeforeContainer
    static void undisturbed() throws IOException {
        folder = Files.createTempDirectory("mending");
        Redraws redraws = Redraws.in(folder, 280, 210);
        try (Job job = redraws.create("undisturbed", TILING, 2, 2)) {
            Redraws.run(job);
        }
        expected = redraws.result("undisturbed");
    }

    @AfterContainer
    static void delete() throws IOException {
        deleteAll(folder);
    }

    private static final class Broken extends Error {
        Broken() {
            super("broken off");
        }
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF)
    void noDamageAndNoBreakChangesAByte(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Redraws redraws = new Redraws(folder);
        try (Job _ = redraws.create("damaged", TILING, 2, 2)) {
            assertThat(redraws.job("damaged")).isDirectory();
        }
        List<String> story = new ArrayList<>();
        for (int i = 0; i < BREAKS; i++) {
            if (runs(redraws, 1 + random.nextInt(MOST_EVENTS))) story.add("done");
            for (int damage = random.nextInt(4); damage > 0; damage--) story.add(harm(redraws.job("damaged"), random));
        }
        runs(redraws, Integer.MAX_VALUE);
        assertThat(redraws.result("damaged")).as(story.toString()).isEqualTo(expected);
        deleteAll(redraws.job("damaged"));
        Files.delete(redraws.output("damaged"));
    }

    /** False when it was broken off at the given event. */
    private static boolean runs(Redraws redraws, int breakAt) {
        AtomicInteger events = new AtomicInteger();
        Progress breaking = event -> {
            if (events.incrementAndGet() >= breakAt) throw new Broken();
        };
        try (Job job = Job.open(redraws.job("damaged"))) {
            new RedrawRun(job, new TexturedRedrawer(), RunOptions.DEFAULT, breaking, new Stop()).run();
            return true;
        } catch (Broken e) {
            return false;
        }
    }

    private static String harm(Path job, Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("canvas", "tiles", "ledger")) files.addAll(files(job.resolve(folder)));
        if (files.isEmpty()) return "nothing to harm";
        Path file = files.get(random.nextInt(files.size()));
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        harm.on(file);
        return harm + " " + job.relativize(file);
    }

    /** Markers are empty and beyond damage; without one the state is made anew, which other tests show. */
    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".done"))
                    .filter(file -> !file.toString().endsWith(".partial"))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        }
    }
}
