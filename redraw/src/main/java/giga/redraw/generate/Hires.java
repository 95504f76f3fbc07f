package giga.redraw.generate;

import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.Failures;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.PassSettings;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.job.Job;
import giga.redraw.run.DiffusionRedrawer;
import giga.redraw.run.Progress;
import giga.redraw.run.PromptedModel;
import giga.redraw.run.RedrawRun;
import giga.redraw.run.RunOptions;
import giga.redraw.run.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What A1111 calls hires fix: a new picture is enlarged and redrawn before it is written. Here it is a redraw like any
 * other, tile by tile, whose job lies in a hidden folder beside the result until it is done.
 *
 * @param pass how to redraw
 */
record Hires(PassSettings pass, PromptedModel prompted, Progress progress, Stop stop) {

    /** @param texts for the result's file, by keyword */
    void write(Pixels picture, Generation.Item item, Map<String, String> texts) {
        Path folder = makeFolder(item.file());
        Path base = folder.resolve("base.png");
        Path directory = folder.resolve("job");
        try {
            PictureWriter.write(picture, base, PictureMetadata.NONE, rows -> {});
            Request request = request(base, item);
            try (Job job = Job.create(directory, request, plan -> texts)) {
                // It shares the model, which is closed with the generator.
                DiffusionRedrawer redrawer = DiffusionRedrawer.of(prompted, request);
                new RedrawRun(job, redrawer, RunOptions.DEFAULT, progress, stop).run();
            }
        } finally {
            remove(folder, base, directory);
        }
    }

    private Request request(Path base, Generation.Item item) {
        Diffusion all = pass.diffusion();
        Diffusion own = new Diffusion(all.model(), all.prompts(), all.sampling(), item.noise(), all.loras());
        return new Request(base.toString(), item.file().toString(), Result.PLAIN, 1, pass.drawn(own));
    }

    private static Path makeFolder(Path file) {
        try {
            return Files.createTempDirectory(file.getParent(), "." + file.getFileName() + ".");
        } catch (IOException e) {
            throw new JobException(
                    "%s: no folder can be made beside it for its enlargement (%s); choose another -o"
                            .formatted(file, Failures.reason(e)),
                    e);
        }
    }

    private static void remove(Path folder, Path base, Path directory) {
        try {
            if (Job.isAt(directory)) Job.discard(directory);
            Files.deleteIfExists(base);
            Files.deleteIfExists(directory);
            Files.deleteIfExists(folder);
        } catch (IOException | JobException e) {
            // The picture is written, or why not is told; a stray hidden folder does no harm.
        }
    }
}
