package giga.cli;

import giga.canvas.Region;
import giga.redraw.JobException;
import giga.redraw.run.StagedWork;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
        return Making.run(command, runOutput, work -> {
            Region size = making.apply(work);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("output", output.toString());
            fields.put("width", size.width());
            fields.put("height", size.height());
            String line = "%s %dx%d".formatted(output.getFileName(), size.width(), size.height());
            return new Making.Made(line, size.area(), fields);
        });
    }
}
