package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.forecast.Memory;
import giga.redraw.run.StagedWork;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The frame of commands that make one picture's file: nothing is replaced unasked, Ctrl-C stops between two parts, and a line
 * of figures ends it.
 */
final class MadePicture {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "The result; its suffix chooses the format: .png, .tif, .jpg, .dzi or .zarr.")
    private Path output;

    @Option(names = "--force", description = "Replace OUT.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    Path output() {
        return output;
    }

    /**
     * @param making writes the picture to {@link #output} and tells its size
     * @return the exit code
     */
    int by(Function<StagedWork, Region> making) {
        if (!force && Files.exists(output, LinkOption.NOFOLLOW_LINKS))
            throw new JobException(output + " exists; give another -o, or --force to replace it");
        Terminal terminal = runOutput.terminal(command);
        long began = System.nanoTime();
        try (terminal;
                GentleStop stop =
                        new GentleStop(terminal, "Stopping after the part at hand ...", Giga.reported(command))) {
            Region size = making.apply(new StagedWork(terminal, stop.stop()));
            terminal.close();
            report(terminal, size, (System.nanoTime() - began) / 1e9);
            return 0;
        }
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
