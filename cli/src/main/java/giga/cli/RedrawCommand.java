package giga.cli;

import giga.redraw.Request;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "redraw",
        description = "Enlarges a picture and redraws it, tile by tile.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%n" + RedrawOptions.DEFAULTS + "%nExamples:%n",
        footer = {
            "  giga redraw picture.png -o large.png",
            "  giga redraw picture.jpg -o poster.png --passes 3 --model sd15 \\",
            "      --prompt \"an old harbour\" --denoise 0.4",
            "  giga redraw large.png -o finer.png --scale 1 --denoise 0.25 --seed 7",
            "  giga redraw large.png -o seamless.png --scale 1 --redraw off --seams half"
        })
final class RedrawCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IN", description = "The picture: PNG, JPEG, WebP, TIFF, DZI or a Zarr folder.")
    private Path input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description = "The result; its suffix chooses the format: .png, .tif, .jpg, .dzi or .zarr.")
    private Path output;

    @Mixin
    private RedrawOptions options;

    @Option(names = "--job", paramLabel = "DIR", description = "Where the job is kept. Default: OUT.job.")
    private Optional<Path> jobFolder;

    @Option(names = "--force", description = "Replace OUT, and a job of an earlier run that stands in the way.")
    private boolean force;

    @Option(
            names = "--keep",
            description =
                    "Keep all states of the picture and all tiles in the job's folder, to look at: several times the disk.")
    private boolean keep;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Request request = options.request(input, output);
        Path folder = jobFolder.orElseGet(() -> JobFolders.beside(output));
        return new NewRedraw(request, folder, force, keep, Giga.reported(spec)).run(runOutput.terminal(spec));
    }
}
