package giga.cli;

import giga.canvas.Region;
import giga.redraw.DenoiseBySize;
import giga.redraw.Diffusion;
import giga.redraw.Join;
import giga.redraw.PassWish;
import giga.redraw.Request;
import giga.redraw.Request.Order;
import giga.redraw.Requests;
import giga.redraw.Result;
import giga.redraw.Settings;
import giga.redraw.TargetSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that decide a redraw, named as A1111's users know them. What is left out comes from the model's own settings. */
final class RedrawOptions {
    /** For the help of every command that has these options. */
    static final String DEFAULTS =
            "What is left out comes from the model's own settings (giga.toml in its folder, or NAME.toml beside its file),"
                    + " then from giga's, given in [brackets].%n";

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What the picture shows, in A1111's grammar. [none]")
    private Optional<String> prompt;

    @Option(
            names = "--prompt-prefix",
            paramLabel = "TEXT",
            description = "Put before the prompt, for what all pictures are to have in common. [none]")
    private String promptPrefix = "";

    @Option(
            names = "--denoise",
            paramLabel = "0..1|RULE",
            description =
                    "How much of the picture is drawn anew; even 0 runs the last step. By the longer side of what is"
                            + " drawn: \"0.45, 0.4@2048, 0.35@4096\". [0.4]")
    private Optional<DenoiseBySize> denoise;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Enlargement before each pass; 1 redraws only. [2]")
    private Optional<Double> scale;

    @Option(names = "--passes", paramLabel = "N", description = "How often to enlarge and redraw. [1]")
    private Optional<Integer> passes;

    @Option(
            names = "--for",
            paramLabel = "SIZE",
            description = "The size to end with, as many passes as that takes and a last exact step by Lanczos: pixels"
                    + " (8192x10240), paper (17x22in@500ppi), or sheet, poster, wall, painting.")
    private Optional<TargetSize> target;

    @Option(names = "--tile", paramLabel = "PX", description = "Side of a tile, a multiple of 8. [768]")
    private Optional<Integer> tile;

    @Option(
            names = "--padding",
            paramLabel = "PX",
            description = "What a tile sees beyond its own part, a multiple of 8. [128]")
    private Optional<Integer> padding;

    @Option(
            names = "--blur",
            paramLabel = "PX",
            description = "How far tiles blend into each other; 0 is a hard edge. [32]")
    private Optional<Integer> blur;

    @Option(names = "--order", paramLabel = "chess|linear|none", description = "Order of the tiles. [chess]")
    private Optional<Order> order;

    @Option(
            names = "--tone-lock",
            paramLabel = "PX",
            description = "Keep the source's colour and light above this radius; 0 lets the model change them. [16]")
    private Optional<Integer> toneLock;

    @Option(names = "--batch", paramLabel = "N|auto", description = "Tiles denoised together. Default: auto.")
    private String batch = "auto";

    @Option(
            names = "--join",
            paramLabel = "pixels|shifted|average",
            description =
                    "Where tiles become one picture: blended when they are drawn (pixels), or inside the sampler, in"
                            + " windows that move from call to call (shifted) or overlap and are averaged (average). [pixels]")
    private Join join = Join.PIXELS;

    @Mixin
    private UpscalerOptions upscaler;

    @Mixin
    private GeometryOptions geometry;

    @Mixin
    private TiffOptions tiff;

    @Mixin
    private DiffusionOptions diffusion;

    /** @param input read for its size */
    Request request(Path input, Path output) {
        return request(input, output, PictureSize.of(input));
    }

    /** @param source size of the picture */
    Request request(Path input, Path output, Region source) {
        return request(input, output, source, _ -> this);
    }

    /**
     * @param source size of the picture
     * @param ofPass the options of a pass, from 1
     */
    Request request(Path input, Path output, Region source, IntFunction<RedrawOptions> ofPass) {
        PassWish usual = wish();
        int count = diffusion.wrongUse(() -> Requests.passes(usual, source, target));
        List<PassWish> wishes = IntStream.rangeClosed(1, count)
                .mapToObj(ofPass)
                .map(options -> options == this ? usual : options.wish())
                .toList();
        return diffusion.wrongUse(() -> {
            Result result = Result.PLAIN.compressed(tiff.compression());
            Request request = Requests.redraw(input, output, result, source, diffusion.noise(), wishes);
            return target.map(size -> Requests.fitted(request, source, size)).orElse(request);
        });
    }

    private PassWish wish() {
        Diffusion.Model model = diffusion.model();
        Path path = Path.of(model.path());
        Settings wishes = prefixed(diffusion.wishes(settings(), path), path);
        String text = wishes.completedFor(path).prompt().orElseThrow();
        return new PassWish(
                model,
                wishes,
                geometry.geometry(),
                join,
                diffusion.wrongUse(() -> upscaler.upscaling(diffusion.library())),
                diffusion.tuning(),
                diffusion.loras(text),
                batch);
    }

    private Settings prefixed(Settings wishes, Path model) {
        if (promptPrefix.isBlank()) return wishes;
        Settings complete = wishes.completedFor(model);
        String text = complete.prompt().orElseThrow();
        return wishes.withPrompts(
                text.isBlank() ? promptPrefix : promptPrefix + ", " + text,
                complete.negative().orElseThrow());
    }

    private Settings settings() {
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
                tile,
                padding,
                blur,
                order,
                toneLock,
                passes,
                scale,
                geometry.denoise);
    }
}
