package giga.cli;

import giga.redraw.DenoiseBySize;
import giga.redraw.Diffusion;
import giga.redraw.PassSettings;
import giga.redraw.PassWish;
import giga.redraw.Requests;
import giga.redraw.Settings;
import giga.redraw.generate.Generation;
import giga.redraw.generate.Generator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that decide a new picture. What is left out comes from --like, then from the model's own settings. */
final class GenerateOptions {
    /** A new picture is drawn from noise alone. */
    private static final double WHOLE = 1;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "What the picture shows, in A1111's grammar. [that of --like]")
    private Optional<String> prompt;

    @Option(
            names = "--width",
            paramLabel = "PX",
            description = "A multiple of 8. Default: what the model was trained on, 512, 768 or 1024.")
    private Optional<Integer> width;

    @Option(names = "--height", paramLabel = "PX", description = "The same.")
    private Optional<Integer> height;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Pictures with seeds that follow each other; their names end with -SEED. [1]")
    private int count = 1;

    @Option(
            names = "--hires",
            paramLabel = "FACTOR",
            description =
                    "Enlarge each picture and redraw it, tile by tile, before it is written. Default: not at all.")
    private Optional<Double> hires;

    @Option(
            names = "--hires-denoise",
            paramLabel = "0..1",
            description = "How much of the enlarged picture is drawn anew. [0.4]")
    private Optional<Double> hiresDenoise;

    @Mixin
    private DiffusionOptions diffusion;

    List<String> notices() {
        return diffusion.notices();
    }

    Generation generation(Path output) {
        if (prompt.isEmpty() && !diffusion.isLikeAnother())
            throw diffusion.wrongUse("say what the picture shows, or give a picture as --like");
        Diffusion.Model model = diffusion.model();
        Path path = Path.of(model.path());
        Settings settings = diffusion
                .wishes(wishes(Optional.empty(), Optional.empty()), path)
                .completedFor(path);
        List<Diffusion.Lora> loras = diffusion.loras(settings.prompt().orElseThrow());
        int side = Generator.nativeSide(model);
        int wide = width.or(diffusion.like()::width).orElse(side);
        int high = height.or(diffusion.like()::height).orElse(side);
        return diffusion.wrongUse(() -> new Generation(
                Requests.diffusion(model, settings, WHOLE, diffusion.tuning(), diffusion.noiseOfAPicture(), loras),
                wide,
                high,
                count,
                hires(model, loras, wide, high),
                output));
    }

    private Optional<PassSettings> hires(Diffusion.Model model, List<Diffusion.Lora> loras, int wide, int high) {
        Optional<Double> scale = hires.or(diffusion.like()::hires).filter(factor -> factor != 1);
        if (scale.isEmpty() && hiresDenoise.isPresent())
            throw diffusion.wrongUse("--hires-denoise is of no use without --hires");
        Settings wishes =
                diffusion.wishes(wishes(hiresDenoise.map(DenoiseBySize::always), scale), Path.of(model.path()));
        return scale.map(factor -> Requests.pass(
                new PassWish(model, wishes, diffusion.tuning(), loras),
                diffusion.noiseOfAPicture(),
                Requests.enlarged(wide, factor),
                Requests.enlarged(high, factor)));
    }

    private Settings wishes(Optional<DenoiseBySize> denoise, Optional<Double> scale) {
        return new Settings(
                prompt,
                diffusion.negative,
                diffusion.clipSkip,
                diffusion.emphasis,
                diffusion.sampler,
                diffusion.scheduler,
                diffusion.steps,
                diffusion.cfg,
                denoise,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                scale,
                Optional.empty());
    }
}
