package giga.cli;

import giga.canvas.split.Cut;
import giga.redraw.pieces.SplitRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
        name = "split",
        description = "Cuts a picture of any size into pieces, exactly where ImageMagick's -crop does.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga split wall.tif 50%%x50%% -o wall.png      wall-0.png to wall-3.png",
            "  giga split wall.tif 4096x4096 -o p-%%03d.tif  p-000.tif, p-001.tif ...",
            "  giga split wall.tif 3x2@ --overlap 118       three sheets across, two down"
        })
final class SplitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "The picture: PNG, JPEG, WebP, TIFF, DZI or a Zarr folder.")
    private Path input;

    @Parameters(index = "1", arity = "0..1", paramLabel = "GEOMETRY", description = "The same as --pieces.")
    private Optional<String> geometry;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "The pieces' names: out.png gives out-0.png, out-1.png and so on, out-%%02d.png says where the"
                            + " number goes; or a folder. The suffix chooses the format: .png, .tif, .jpg, .dzi or .zarr."
                            + " Default: named like IN, beside it.")
    private Optional<Path> output;

    @Mixin
    private SplitOptions options;

    @Mixin
    private TiffOptions tiff;

    @Option(names = "--force", description = "Replace what has the names of pieces.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Cut cut = cut();
        Path out = output.orElseGet(() -> input.toAbsolutePath().normalize().getParent());
        return Making.run(
                spec, runOutput, work -> made(new SplitRun(input, out, cut, tiff.compression(), force, work).run()));
    }

    private Cut cut() {
        if (geometry.isPresent() && options.given())
            throw new ParameterException(spec.commandLine(), "GEOMETRY and --pieces are the same; give one of them");
        return geometry.map(options::cut)
                .or(options::cut)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "say how large the pieces are, as 50%x50% or 2048x2048, or how many, as 3x2@"));
    }

    private static Making.Made made(SplitRun.Written written) {
        List<Path> files = written.files();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outputs", files.stream().map(Path::toString).toList());
        fields.put("pixels", written.pixels());
        String line = files.size() == 1
                ? "%s, 1 piece".formatted(files.getFirst().getFileName())
                : "%s to %s, %d pieces"
                        .formatted(
                                files.getFirst().getFileName(), files.getLast().getFileName(), files.size());
        return new Making.Made(line, written.pixels(), fields);
    }
}
