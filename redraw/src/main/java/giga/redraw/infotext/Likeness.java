package giga.redraw.infotext;

import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.DenoiseBySize;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a picture tells of its making, as far as it decides another one; the rest is open.
 *
 * @param model as A1111 or giga named it
 * @param vae likewise
 * @param tuning with the defaults where nothing was told
 * @param hires by how much it was enlarged after it was made
 * @param leftOut fields that decided the picture, or may have, and are not taken over
 * @param variation whose seed and strength are given, where there was one
 */
public record Likeness(
        Settings settings,
        Diffusion.Tuning tuning,
        Optional<String> model,
        Optional<String> vae,
        Optional<Long> seed,
        Optional<Diffusion.Noise.Kind> noise,
        Optional<Variation> variation,
        Optional<Integer> width,
        Optional<Integer> height,
        Optional<Double> hires,
        List<String> leftOut) {
    /** Of no picture: all open. */
    public static final Likeness NONE = new Likeness(
            Settings.OPEN,
            Diffusion.Tuning.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /** What decides a likeness, and what only tells more of it. */
    private static final Set<String> TAKEN = Stream.concat(
                    TuningFields.KEYS.stream(),
                    Stream.of(
                            "Steps",
                            "Sampler",
                            "Schedule type",
                            "CFG scale",
                            Making.SEED,
                            "Size",
                            "Model hash",
                            "Model",
                            "VAE hash",
                            "VAE",
                            Making.VARIATION_SEED,
                            "Variation seed strength",
                            "Denoising strength",
                            "Clip skip",
                            "Emphasis",
                            "RNG",
                            Making.NOISE,
                            "Lora hashes",
                            "TI hashes",
                            HiresFields.SCALE,
                            "Version",
                            "User"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})x([0-9]{1,6})");

    public record Variation(long seed, double strength) {}

    /** @throws JobException when the picture does not tell what made it */
    public static Likeness of(Path picture) {
        try (PictureFile file = PictureFile.open(picture)) {
            String text = file.info().texts().get(PictureInfo.PARAMETERS);
            if (text == null)
                throw new JobException(picture + " does not tell what made it; give a picture with A1111's parameters,"
                        + " as 'giga info' shows them");
            return of(Infotext.parse(text), picture.toString());
        }
    }

    /**
     * @param source for messages
     * @throws JobException when a field is not what it must be
     */
    public static Likeness of(Infotext info, String source) {
        NumberFields fields = new NumberFields(info, source);
        Optional<Matcher> size = info.value("Size").map(SIZE::matcher).filter(Matcher::matches);
        return new Likeness(
                settings(info, fields),
                TuningFields.read(fields),
                info.value("Model"),
                info.value("VAE").filter(name -> !name.equals("Automatic") && !name.equals("None")),
                fields.number(Making.SEED, Long::valueOf),
                info.value(Making.SEED).map(seed -> noise(info)),
                fields.number("Variation seed strength", Double::valueOf)
                        .filter(strength -> strength > 0)
                        .map(strength -> new Variation(
                                fields.number(Making.VARIATION_SEED, Long::valueOf)
                                        .orElse(0L),
                                strength)),
                size.map(matcher -> Integer.valueOf(matcher.group(1))),
                size.map(matcher -> Integer.valueOf(matcher.group(2))),
                fields.number(HiresFields.SCALE, Double::valueOf),
                info.fields().keySet().stream()
                        .filter(key -> !TAKEN.contains(key)
                                && !(key.equals(HiresFields.UPSCALER)
                                        && info.fields().get(key).equals("Lanczos"))
                                && !key.startsWith(RedrawMaking.PREFIX))
                        .toList());
    }

    private static Settings settings(Infotext info, NumberFields fields) {
        return new Settings(
                Optional.of(info.prompt()),
                Optional.of(info.negative()),
                fields.number("Clip skip", Integer::valueOf),
                info.value("Emphasis"),
                info.value("Sampler"),
                info.value("Schedule type"),
                fields.number("Steps", Integer::valueOf),
                fields.number("CFG scale", Double::valueOf),
                fields.number("Denoising strength", Double::valueOf).map(DenoiseBySize::always),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A1111 says nothing where its noise comes from the graphics card. */
    private static Diffusion.Noise.Kind noise(Infotext info) {
        if (info.value(Making.NOISE).filter("position"::equals).isPresent()) return Diffusion.Noise.Kind.POSITION;
        return info.value("RNG").filter("CPU"::equals).isPresent()
                ? Diffusion.Noise.Kind.A1111
                : Diffusion.Noise.Kind.A1111_GPU;
    }
}
