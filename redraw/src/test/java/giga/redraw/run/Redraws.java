package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.Diffusion;
import giga.redraw.PassSettings;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.TestRequests;
import giga.redraw.job.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** A folder with a picture, a model file and room for jobs. */
public record Redraws(Path folder) {
    public static final Request.Tiling TILING = new Request.Tiling(64, 64, 16, Request.Order.CHESS, 16, 2);

    public static Redraws in(Path folder) {
        return in(folder, 150, 100);
    }

    public static Redraws in(Path folder, int width, int height) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("model.safetensors"), "a model, as far as its file is concerned");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Redraws redraws = new Redraws(folder);
        redraws.writePicture(width, height, 1);
        return redraws;
    }

    /** Waves of colour: smooth enough for blending to show, different everywhere. */
    public void writePicture(int width, int height, int variant) {
        Pixels pixels = new Pixels(width, height);
        for (int i = 0; i < pixels.rgb().length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            double wave = Math.sin(x / 17.0 + variant) * Math.cos(y / 11.0) + Math.sin((x + 2 * y) / 29.0 + i % 3);
            pixels.rgb()[i] = (byte) (int) (128 + 60 * wave);
        }
        PictureWriter.write(pixels, input(), new PictureMetadata(Optional.empty(), OptionalDouble.of(300)), rows -> {});
    }

    public Path input() {
        return folder.resolve("in.png");
    }

    public Path output(String name) {
        return folder.resolve(name + ".png");
    }

    public Path job(String name) {
        return folder.resolve(name + ".job");
    }

    public Request request(String name, Request.Tiling tiling, int passes, double scale) {
        return request(name, passes, pass(tiling, Request.Seams.NONE, scale, true));
    }

    Request request(String name, int passes, PassSettings each) {
        return new Request(input().toString(), output(name).toString(), Result.PLAIN, passes, each);
    }

    PassSettings pass(Request.Tiling tiling, Request.Seams seams, double scale, boolean redraw) {
        Diffusion diffusion =
                TestRequests.diffusion(folder.resolve("model.safetensors").toString(), "waves");
        return TestRequests.pass(diffusion, tiling, seams, scale, redraw);
    }

    public Job create(String name) {
        return create(name, TILING, 2, 2);
    }

    public Job create(String name, Request.Tiling tiling, int passes, double scale) {
        return Job.create(job(name), request(name, tiling, passes, scale));
    }

    public byte[] result(String name) {
        try {
            return Files.readAllBytes(output(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The result of an undisturbed run of {@link #create(String)}'s job. */
    public byte[] undisturbed() {
        try (Job job = create("undisturbed")) {
            run(job);
        }
        return result("undisturbed");
    }

    public static RunStats run(Job job) {
        return run(job, new TexturedRedrawer());
    }

    static RunStats run(Job job, TileRedrawer redrawer) {
        return new RedrawRun(job, redrawer, RunOptions.DEFAULT, Progress.NONE, new Stop()).run();
    }
}
