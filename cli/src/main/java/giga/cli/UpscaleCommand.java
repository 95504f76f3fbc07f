package giga.cli;

import giga.canvas.Region;
import giga.diffusion.ModelException;
import giga.diffusion.tensor.Placement;
import giga.redraw.JobException;
import giga.redraw.Upscaling;
import giga.redraw.forecast.Memory;
import giga.redraw.upscale.UpscaleRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "upscale",
        description = "Enlarges a picture by a network or by Lanczos, without drawing anything anew.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga upscale picture.png -o large.png --upscaler realesr-general-x4v3",
            "  giga upscale photo.jpg -o twice.tif --scale 2 --upscaler RealESRGAN_x4plus.pth",
            "  giga upscale scan.png -o large.png --upscaler realesr-general-x4v3 \\",
            "      --upscaler-strength 0.5",
            "  giga upscale picture.png -o large.png --scale 3"
        })
final class UpscaleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IN", description = "The picture: PNG, JPEG, WebP or TIFF.")
    private Path input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "The result; its suffix chooses the format.")
    private Path output;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Enlargement. [4]")
    private double scale = 4;

    @Mixin
    private UpscalerOptions upscaler;

    @Option(names = "--device", paramLabel = "auto|cpu|cuda[:N]", description = "Where a network computes. [auto]")
    private String device = "auto";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of models: giga's, A1111's or ComfyUI's. Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    @Option(names = "--force", description = "Replace OUT.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        if (!force && Files.exists(output))
            throw new JobException(output + " exists; give another -o, or --force to replace it");
        Upscaling upscaling = upscaling();
        Terminal terminal = runOutput.terminal(spec);
        long began = System.nanoTime();
        try (terminal;
                GentleStop stop =
                        new GentleStop(terminal, "Stopping after the part at hand ...", Giga.reported(spec))) {
            Region size = run(upscaling, terminal, stop);
            terminal.close();
            report(terminal, size, (System.nanoTime() - began) / 1e9);
            return 0;
        }
    }

    private Upscaling upscaling() {
        try {
            Upscaling upscaling = upscaler.upscaling(Models.library(home));
            // A device that is not there is wrong use, found before anything is read.
            if (!upscaling.byLanczos())
                device = Placement.of(device, upscaling.precision()).device().toString();
            return upscaling;
        } catch (JobException | ModelException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Region run(Upscaling upscaling, Terminal terminal, GentleStop stop) {
        return new UpscaleRun(
                        input.toAbsolutePath(),
                        output.toAbsolutePath(),
                        upscaling,
                        device,
                        scale,
                        terminal,
                        stop.stop())
                .run();
    }

    private void report(Terminal terminal, Region size, double seconds) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("output", output.toString());
        figures.put("width", size.width());
        figures.put("height", size.height());
        figures.put("seconds", seconds);
        figures.put("peak_mebibytes", Memory.peakMebibytes());
        terminal.figures(
                String.format(
                        Locale.ROOT,
                        "%s %dx%d in %.1f s (%.3f Mpx/s), peak memory %d MiB",
                        output.getFileName(),
                        size.width(),
                        size.height(),
                        seconds,
                        size.area() / 1e6 / seconds,
                        Memory.peakMebibytes()),
                figures);
    }
}
