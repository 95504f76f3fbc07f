package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.Shelf;
import giga.redraw.JobException;
import giga.redraw.Upscaling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What makes pictures larger. */
final class UpscalerOptions {
    private static final String LANCZOS = "lanczos";

    @Option(
            names = "--upscaler",
            paramLabel = "NAME|PATH|lanczos",
            description = "What enlarges: Lanczos, or an ESRGAN, Real-ESRGAN or compact (SRVGG) network, by path"
                    + " (.pth, .safetensors, ncnn's .param) or by its name in models/ESRGAN below --home. [lanczos]")
    private String upscaler = LANCZOS;

    @Option(
            names = "--upscaler-strength",
            paramLabel = "0..1",
            description = "How strongly realesr-general-x4v3 smooths: less mixes in realesr-general-wdn-x4v3, which"
                    + " must lie where it lies. [1]")
    private Optional<Double> strength;

    @Option(
            names = "--upscaler-precision",
            paramLabel = "f32|bf16|fp16",
            description =
                    "bf16 is up to four times as fast where the processor calculates with it, and some grey levels"
                            + " off. [f32]")
    private String precision = "f32";

    /** @throws JobException where the options cannot be used */
    Upscaling upscaling(ModelLibrary library) {
        if (upscaler.equalsIgnoreCase(LANCZOS)) {
            if (strength.isPresent())
                throw new JobException(
                        "--upscaler-strength is for a network; give --upscaler realesr-general-x4v3 too");
            return Upscaling.LANCZOS;
        }
        Path file = library.find(Shelf.UPSCALER, upscaler);
        double share = strength.orElse(1.0);
        String weak = share == 1 ? "" : weak(file, library).toString();
        return new Upscaling(file.toString(), weak, share, precision);
    }

    /** Of Real-ESRGAN's pair of general networks the one that smooths less. */
    private Path weak(Path strong, ModelLibrary library) {
        String name = ModelLibrary.name(strong);
        String other = name.replaceFirst("(?i)general([-_])", "general$1wdn$1");
        if (other.equals(name) || name.toLowerCase(Locale.ROOT).contains("wdn"))
            throw new JobException(
                    "--upscaler-strength is for realesr-general-x4v3, which has a second network to be mixed with, not for %s; leave it out"
                            .formatted(name));
        String fileName = strong.getFileName().toString();
        Path beside = strong.resolveSibling(
                fileName.replaceFirst("(?i)(general)([-_])", fileName.contains("_") ? "$1$2WDN$2" : "$1$2wdn$2"));
        if (Files.exists(beside)) return beside;
        try {
            return library.find(Shelf.UPSCALER, other);
        } catch (ModelException e) {
            throw new JobException(
                    "--upscaler-strength mixes %s with %s, which lies neither beside it nor below --home; put it there or leave the strength out"
                            .formatted(name, other),
                    e);
        }
    }
}
