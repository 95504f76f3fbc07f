package giga.cli;

import giga.canvas.output.TiffCompression;
import giga.redraw.Diffusion;
import giga.redraw.Join;
import giga.redraw.Request;
import giga.redraw.Request.Order;
import giga.redraw.Requests;
import giga.redraw.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            names = "--denoise",
            paramLabel = "0..1",
            description = "How much of the picture is drawn anew; even 0 runs the last step. [0.4]")
    private Optional<Double> denoise;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Enlargement before each pass; 1 redraws only. [2]")
    private Optional<Double> scale;

    @Option(names = "--passes", paramLabel = "N", description = "How often to enlarge and redraw. [1]")
    private Optional<Integer> passes;

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

    @Option(
            names = "--compression",
            paramLabel = "deflate|lzw|none",
            description = "How a TIFF is packed: deflate is the smallest, lzw for older programs. [deflate]")
    private TiffCompression compression = TiffCompression.DEFLATE;

    @Mixin
    private DiffusionOptions diffusion;

    Request request(Path input, Path output) {
        Diffusion.Model model = diffusion.model();
        Settings wishes = diffusion.wishes(settings(), Path.of(model.path()));
        String prompt = wishes.completedFor(Path.of(model.path())).prompt().orElseThrow();
        List<Diffusion.Lora> loras = diffusion.loras(prompt);
        return diffusion.wrongUse(() -> Requests.redraw(
                        input,
                        output,
                        model,
                        wishes,
                        geometry.geometry(),
                        diffusion.tuning(),
                        diffusion.noise(),
                        loras,
                        batch)
                .joining(join)
                .compressing(compression)
                .upscaling(upscaler.upscaling(diffusion.library())));
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
