package giga.redraw.forecast;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.Folders;
import giga.redraw.Diffusion;
import giga.redraw.Join;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Request;
import giga.redraw.job.Job;
import giga.redraw.run.DiffusionRedrawer;
import giga.redraw.run.Progress;
import giga.redraw.run.RedrawRun;
import giga.redraw.run.RunOptions;
import giga.redraw.run.RunStats;
import giga.redraw.run.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What goes on around the networks, measured by a small redraw without them: the same steps, the same tiles, the same
 * format, on a picture of a few tiles.
 *
 * @param decode seconds per megapixel of the picture's file
 * @param enlarge seconds per megapixel of an enlarged canvas
 * @param around seconds per megapixel of what tiles see: reading, tone lock, storing, blending
 * @param export seconds per megapixel of the result
 */
public record Rehearsal(double decode, double enlarge, double around, double export) {
    private static final int TILES_A_SIDE = 2;

    /** Done twice, as the first turn meets a cold machine. */
    public static Rehearsal of(Request request) {
        Path folder = temporary();
        try {
            Request small = small(request, folder);
            play(small, folder.resolve("first"));
            return play(small, folder.resolve("second"));
        } finally {
            delete(folder);
        }
    }

    /** Seconds of a whole plan, its networks not counted. */
    public double seconds(Plan plan) {
        double seconds = decode * plan.sourceWidth() * plan.sourceHeight() / 1e6;
        double result = plan.canvas().area() / 1e6;
        double enlarged = plan.passes().stream()
                .mapToDouble(pass -> (double) pass.width() * pass.height() / 1e6)
                .sum();
        return seconds + enlarge * enlarged + around * plan.networkMegapixels() + export * result;
    }

    private static Request small(Request request, Path folder) {
        PassSettings last = request.passes().getLast();
        Request.Tiling tiling = last.tiling().joining(Join.PIXELS);
        int side = (int) Math.ceil(Math.min(TILES_A_SIDE * tiling.readSide(), 2048) / last.scale());
        Path input = folder.resolve("picture.png");
        PictureWriter.write(
                texture(side), input, new PictureMetadata(Optional.empty(), OptionalDouble.empty()), _ -> {});
        Path output = folder.resolve("result" + suffix(request.output()));
        Diffusion all = last.diffusion();
        Diffusion plain = new Diffusion(all.model(), all.prompts(), all.sampling(), all.noise(), List.of());
        return new Request(
                input.toString(),
                output.toString(),
                request.result().sized(0, 0),
                1,
                last.tiled(tiling).drawn(plain));
    }

    private static Rehearsal play(Request request, Path folder) {
        try (Job job = Job.create(folder, request)) {
            RunStats stats = new RedrawRun(
                            job,
                            DiffusionRedrawer.withoutNetworks(request),
                            RunOptions.DEFAULT,
                            Progress.NONE,
                            new Stop())
                    .run();
            Plan plan = job.plan();
            double result = plan.canvas().area() / 1e6;
            double around = stats.total() - stats.decode() - stats.enlarge() - stats.export();
            return new Rehearsal(
                    stats.decode() / (plan.sourceWidth() * plan.sourceHeight() / 1e6),
                    stats.enlarge() / result,
                    around / plan.networkMegapixels(),
                    stats.export() / result);
        }
    }

    /** Waves and grain: as hard to compress as a painting. */
    private static Pixels texture(int side) {
        Pixels pixels = new Pixels(side, side);
        for (int i = 0; i < pixels.rgb().length; i++) {
            int x = i / 3 % side;
            int y = i / 3 / side;
            int grain = ((x * 73856093 ^ y * 19349663 ^ i % 3 * 83492791) * 0x9E3779B1 >>> 28) - 8;
            pixels.rgb()[i] = (byte) (int) (128 + 60 * Math.sin(x / 37.0) * Math.cos(y / 23.0) + grain);
        }
        return pixels;
    }

    private static String suffix(String output) {
        String name = Path.of(output).getFileName().toString();
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("giga-plan");
        } catch (IOException e) {
            throw new PictureException("Cannot make a folder for temporary files: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            // What is left lies where the system clears up.
        }
    }
}
