package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.tensor.Placement;
import giga.redraw.JobException;
import giga.redraw.Upscaling;
import giga.redraw.upscale.UpscaleRun;
import java.nio.file.Path;
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

    @Parameters(paramLabel = "IN", description = "The picture: PNG, JPEG, WebP, TIFF, DZI or a Zarr folder.")
    private Path input;

    @Mixin
    private MadePicture made;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Enlargement. [4]")
    private double scale = 4;

    @Mixin
    private UpscalerOptions upscaler;

    @Mixin
    private TiffOptions tiff;

    @Option(names = "--device", paramLabel = "auto|cpu|cuda[:N]", description = "Where a network computes. [auto]")
    private String device = "auto";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of models: giga's, A1111's or ComfyUI's. Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    @Override
    public Integer call() {
        Upscaling upscaling = upscaling();
        return made.by(work -> new UpscaleRun(
                        input.toAbsolutePath(),
                        made.output().toAbsolutePath(),
                        upscaling,
                        device,
                        scale,
                        tiff.compression(),
                        work)
                .run());
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
}
