package giga.redraw.run;

import giga.redraw.job.Job;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A redraw in a Java process of its own, to be killed. */
final class RedrawProcess implements AutoCloseable {
    private static final String BEGINS = "begins";

    private final Process process;
    private final BufferedReader output;

    private RedrawProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Begins the job, or goes on with it; {@code pause} milliseconds for each batch. */
    static RedrawProcess start(Redraws redraws, String job, int pause) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RedrawProcess.class.getName(),
                redraws.folder().toString(),
                job,
                Integer.toString(pause));
        File errors = redraws.folder().resolve(job + ".err").toFile();
        return new RedrawProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                .start());
    }

    public static void main(String[] arguments) {
        Redraws redraws = new Redraws(Path.of(arguments[0]));
        int pause = Integer.parseInt(arguments[2]);
        Path folder = redraws.job(arguments[1]);
        try (Job job = Files.exists(folder.resolve("job.json")) ? Job.open(folder) : redraws.create(arguments[1])) {
            System.out.println(BEGINS);
            TileRedrawer slow = (pass, phase, batch) -> {
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return new TexturedRedrawer().redraw(pass, phase, batch);
            };
            Progress telling = event -> {
                if (event instanceof ProgressEvent.StageStarted started)
                    System.out.println(
                            started.stage().kind() + " " + started.stage().pass());
            };
            new RedrawRun(job, slow, RunOptions.DEFAULT, telling, new Stop()).run();
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the job is open and the run begins. */
    void awaitBegin() throws IOException {
        String line = output.readLine();
        if (!BEGINS.equals(line)) throw new IllegalStateException("the child said " + line);
    }

    /** Waits for the next stage; empty when the child has ended. */
    Optional<String> awaitStage() throws IOException {
        return Optional.ofNullable(output.readLine());
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** kill -9, to the child alone, by its id. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
