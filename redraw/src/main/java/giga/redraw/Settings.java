package giga.redraw;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What decides a redraw beside the picture and the model, each part present or left open. Layers fill what is open:
 * the caller's wishes, then the model's own recommendation, then {@link #DEFAULTS}.
 *
 * @param prompt in A1111's grammar
 * @param negative negative prompt
 * @param clipSkip 1 uses the text encoder's last layer
 * @param emphasis how weights in prompts act
 * @param sampler as A1111 shows it
 * @param scheduler as A1111 shows it
 * @param steps of the whole schedule
 * @param cfg classifier-free guidance scale
 * @param denoise denoise strength, by the size of what is redrawn
 * @param tile side of a tile's core in pixels
 * @param padding what a tile sees beyond its core in pixels
 * @param blur how far a tile is blended into its neighbours, in pixels
 * @param order of the tiles
 * @param toneLock radius of the low-frequency lock in pixels, 0 for none
 * @param passes how often the picture is enlarged and redrawn
 * @param scale enlargement before each pass
 * @param seamsDenoise denoise strength where seams are drawn; open for that of their kind, see {@link Geometry}
 */
public record Settings(
        Optional<String> prompt,
        Optional<String> negative,
        Optional<Integer> clipSkip,
        Optional<String> emphasis,
        Optional<String> sampler,
        Optional<String> scheduler,
        Optional<Integer> steps,
        Optional<Double> cfg,
        Optional<DenoiseBySize> denoise,
        Optional<Integer> tile,
        Optional<Integer> padding,
        Optional<Integer> blur,
        Optional<Request.Order> order,
        Optional<Integer> toneLock,
        Optional<Integer> passes,
        Optional<Double> scale,
        Optional<Double> seamsDenoise) {

    /** Everything left open. */
    public static final Settings OPEN = new Settings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The seed's recipe: DPM++ SDE Karras, 20 steps, denoise 0.4, tiles of 768 with 128 of padding, in chess order. */
    public static final Settings DEFAULTS = new Settings(
            Optional.of(""),
            Optional.of(""),
            Optional.of(1),
            Optional.of("Original"),
            Optional.of("DPM++ SDE"),
            Optional.of("Automatic"),
            Optional.of(20),
            Optional.of(6.0),
            Optional.of(DenoiseBySize.always(0.4)),
            Optional.of(768),
            Optional.of(128),
            Optional.of(32),
            Optional.of(Request.Order.CHESS),
            Optional.of(16),
            Optional.of(1),
            Optional.of(2.0),
            Optional.empty());

    public Settings withPrompts(String positive, String other) {
        return new Settings(
                Optional.of(positive),
                Optional.of(other),
                clipSkip,
                emphasis,
                sampler,
                scheduler,
                steps,
                cfg,
                denoise,
                tile,
                padding,
                blur,
                order,
                toneLock,
                passes,
                scale,
                seamsDenoise);
    }

    /** These wishes, completed for a model. */
    public Settings completedFor(Path model) {
        return orElse(SettingsFile.beside(model)).orElse(DEFAULTS);
    }

    /** These settings, with what they leave open taken from {@code fallback}. */
    public Settings orElse(Settings fallback) {
        return new Settings(
                prompt.or(fallback::prompt),
                negative.or(fallback::negative),
                clipSkip.or(fallback::clipSkip),
                emphasis.or(fallback::emphasis),
                sampler.or(fallback::sampler),
                // A sampler that was asked for brings its own schedule; the recommendation was for another one.
                scheduler.or(() -> sampler.isPresent() ? DEFAULTS.scheduler() : fallback.scheduler()),
                steps.or(fallback::steps),
                cfg.or(fallback::cfg),
                denoise.or(fallback::denoise),
                tile.or(fallback::tile),
                padding.or(fallback::padding),
                blur.or(fallback::blur),
                order.or(fallback::order),
                toneLock.or(fallback::toneLock),
                passes.or(fallback::passes),
                scale.or(fallback::scale),
                seamsDenoise.or(fallback::seamsDenoise));
    }
}
