package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;

import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int KILLS = 20;
    private static final int PAUSE = 3;

    @TempDir
    Path folder;

    @Test
    void twentyKillsAtRandomMomentsEachWithADamagedChunkChangeNothing() throws IOException, InterruptedException {
        Redraws redraws = Redraws.in(folder);
        long whole;
        try (RedrawProcess undisturbed = RedrawProcess.start(redraws, "undisturbed", PAUSE)) {
            undisturbed.awaitBegin();
            long start = System.nanoTime();
            assertThat(undisturbed.awaitEnd()).isZero();
            whole = (System.nanoTime() - start) / 1_000_000;
        }
        byte[] expected = redraws.result("undisturbed");
        Map<String, byte[]> canvas = canvas(redraws.job("undisturbed"));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int killed = 0; killed < KILLS; ) {
            // Every job is killed twice, so that a resumed run is killed too, then finished.
            String name = "killed" + killed;
            String story = name + " of seed " + seed;
            for (int again = 0; again < 2; again++, killed++) {
                try (RedrawProcess child = RedrawProcess.start(redraws, name, PAUSE)) {
                    child.awaitBegin();
                    long moment = random.nextLong(whole);
                    story += ", after %d of %d ms".formatted(moment, whole);
                    Thread.sleep(moment);
                    child.kill();
                }
                story += harm(redraws.job(name), random);
            }
            try (Job job = Job.open(redraws.job(name))) {
                Redraws.run(job);
            }
            assertThat(folder.toFile().list((_, file) -> file.startsWith("." + name)))
                    .as("left beside the result of " + story)
                    .isEmpty();
            assertThat(partials(redraws.job(name))).as("left by " + story).isEmpty();
            assertThat(redraws.result(name)).as(story).isEqualTo(expected);
            Map<String, byte[]> resumed = canvas(redraws.job(name));
            assertThat(resumed.keySet()).as(story).isEqualTo(canvas.keySet());
            canvas.forEach(
                    (chunk, bytes) -> assertThat(resumed.get(chunk)).as(chunk).isEqualTo(bytes));
        }
    }

    /** Damages a chunk, if there is one. */
    private static String harm(Path job, Random random) throws IOException {
        if (!Files.isDirectory(job.resolve("canvas"))) return "";
        List<String> chunks = canvas(job).keySet().stream()
                .filter(file -> file.endsWith("/0"))
                .toList();
        if (chunks.isEmpty()) return "";
        String chunk = chunks.get(random.nextInt(chunks.size()));
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        harm.on(job.resolve(chunk));
        return ", %s %s".formatted(harm, chunk);
    }

    private static List<Path> partials(Path job) throws IOException {
        try (Stream<Path> found = Files.walk(job)) {
            return found.filter(file -> file.toString().endsWith(".partial")).toList();
        }
    }

    private static Map<String, byte[]> canvas(Path job) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(job.resolve("canvas"))) {
            for (Path file : found.filter(Files::isRegularFile).toList())
                files.put(job.relativize(file).toString(), Files.readAllBytes(file));
        }
        return files;
    }
}
