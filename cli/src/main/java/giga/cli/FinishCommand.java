package giga.cli;

import giga.canvas.Region;
import giga.canvas.finish.Finish;
import giga.redraw.finish.FinishRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "finish",
        description = "Sharpens a picture of any size, grains it, lays a texture over it and sets its tone.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga finish large.tif -o final.tif --sharpen 1.5 --grain 4 --texture paper",
            "  giga finish large.tif -o look.png --sharpen 1.5 --grain 4 \\",
            "      --preview 600x400+2000+3000 --preview 600x400+500+500",
            "  giga finish large.tif -o final.tif --texture scan.jpg --opacity 0.5 \\",
            "      --brightness 4 --contrast 8 --exposure 0.2"
        })
final class FinishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IN", description = "The picture: PNG, JPEG, WebP, TIFF, DZI or a Zarr folder.")
    private Path input;

    @Mixin
    private MadePicture made;

    @Mixin
    private FinishOptions options;

    @Mixin
    private TiffOptions tiff;

    @Option(
            names = "--preview",
            paramLabel = "WxH+X+Y",
            description = "Write this part of the picture before and after, side by side, instead of the whole; may be"
                    + " given several times.")
    private List<Region> preview = List.of();

    @Override
    public Integer call() {
        Finish finish = options.finish();
        if (finish.equals(Finish.NOTHING))
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing is to be done; give --sharpen, --grain, --texture, --brightness, --contrast or --exposure");
        return made.by(work -> new FinishRun(input, made.output(), finish, preview, tiff.compression(), work).run());
    }
}
