package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.AtomicFiles;
import giga.redraw.job.Job;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/** Writes the result to where it was asked for. */
record Export(Job job, Instant runBegan) {

    void run(Picture result, IntConsumer rowsDone) {
        deleteLeftovers();
        PictureWriter.write(result, job.output(), job.metadata(), rowsDone);
    }

    /**
     * What a run left that was killed while it wrote here: gigabytes that nobody would find, the names being hidden. Only
     * what is older than this run; another program may be writing a file of the same name at this moment.
     */
    private void deleteLeftovers() {
        Path output = job.output().toAbsolutePath();
        String name = Pattern.quote("." + output.getFileName() + ".") + "[0-9a-f]{1,16}" + AtomicFiles.PARTIAL;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                output.getParent(), file -> file.getFileName().toString().matches(name) && Files.isRegularFile(file))) {
            for (Path file : files)
                if (Files.getLastModifiedTime(file).toInstant().isBefore(runBegan)) Files.deleteIfExists(file);
        } catch (IOException e) {
            job.log().line("leftovers beside %s stay: %s".formatted(output, e.getMessage()));
        }
    }
}
