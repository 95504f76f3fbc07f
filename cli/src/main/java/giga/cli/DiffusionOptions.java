package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.tensor.Placement;
import giga.diffusion.text.Styles;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.Shelf;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.Settings;
import giga.redraw.infotext.Likeness;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that draws: the model, what goes with it, and how it is sampled. Names are A1111's. */
final class DiffusionOptions {
    /** A1111's seeds. */
    private static final long SEEDS = 4294967294L;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            description = "Checkpoint (.safetensors, .ckpt) or diffusers folder, by path or by its name below --home."
                    + " Default: the embedded giga-mini.")
    private Optional<String> model;

    @Option(
            names = "--vae",
            paramLabel = "NAME|PATH",
            description = "Autoencoder to use instead of the model's own, also a tiny one for drafts.")
    private Optional<String> vae;

    @Mixin
    private LoraOptions loras;

    @Option(
            names = "--prediction",
            paramLabel = "auto|eps|v",
            description = "What the UNet's output means. Default: auto, told by the file or found out.")
    private String prediction = "auto";

    @Option(
            names = "--like",
            paramLabel = "PICTURE",
            description = "Take over what made this picture, giga's or A1111's: prompts, model, sampler, seed, …;"
                    + " options given here win.")
    private Optional<Path> like;

    @Option(
            names = "--style",
            paramLabel = "NAME",
            description = "A style of styles.csv in --home, added to the prompts; may be given several times.")
    private List<String> styles = List.of();

    @Option(names = "--negative", paramLabel = "TEXT", description = "What the picture should not show. [none]")
    Optional<String> negative;

    @Option(
            names = "--clip-skip",
            paramLabel = "N",
            description = "Stop the text encoder N-1 layers early (SD 1.x). [1]")
    Optional<Integer> clipSkip;

    @Option(
            names = "--emphasis",
            paramLabel = "MODE",
            description = "How weights in prompts act: Original, \"No norm\", Ignore or None. [Original]")
    Optional<String> emphasis;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "Any of A1111's: Euler, Euler a, DPM++ 2M, DPM++ SDE, UniPC, LCM, …;"
                    + " \"DPM++ SDE Karras\" names the scheduler too. [DPM++ SDE]")
    Optional<String> sampler;

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "Automatic (the sampler's own), Uniform, Karras, Exponential, SGM Uniform, … [Automatic]")
    Optional<String> scheduler;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of the whole schedule; a denoise strength decides how many are run. [20]")
    Optional<Integer> steps;

    @Option(
            names = "--cfg",
            paramLabel = "SCALE",
            description =
                    "How strongly the prompt is followed; exactly 1 ignores the negative prompt and halves the work. [6]")
    Optional<Double> cfg;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same bytes. Default: -1, a random one.")
    private Optional<Long> seed;

    @Option(
            names = "--noise",
            paramLabel = "KIND",
            description = "position (by a pixel's place in the picture, so that tiles agree), a1111 or a1111-gpu"
                    + " (the pictures that A1111 makes from a seed). [position]")
    private Optional<String> noise;

    @Option(
            names = "--variation",
            paramLabel = "SEED:STRENGTH",
            description = "Mix another seed's noise into the start, with A1111's kinds of noise.")
    private Optional<String> variation;

    @Option(
            names = "--seed-resize",
            paramLabel = "WxH",
            description =
                    "Keep the start of the picture that this seed gives at another size, with A1111's kinds of noise.")
    private Optional<String> seedResize;

    @Option(names = "--ensd", paramLabel = "N", description = "A1111's eta noise seed delta, for example 31337. [0]")
    private long ensd;

    @Mixin
    private TuningOptions tuning;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda[:N]",
            description = "Where the networks compute. Default: auto, an Nvidia card where giga was built for one.")
    private String device = "auto";

    @Option(
            names = "--precision",
            paramLabel = "auto|f32|bf16|fp16",
            description = "Default: auto, by the device; fp16 needs a card.")
    private String precision = "auto";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of models: giga's, A1111's or ComfyUI's. Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    private Optional<Likeness> likeness = Optional.empty();

    boolean isLikeAnother() {
        return like.isPresent();
    }

    /** What a picture tells of its making decides what no option does. */
    Likeness like() {
        if (likeness.isEmpty()) likeness = Optional.of(like.map(Likeness::of).orElse(Likeness.NONE));
        return likeness.get();
    }

    /** What of a picture's making could not be taken over, a sentence or none. */
    List<String> notices() {
        List<String> leftOut = like().leftOut();
        return leftOut.isEmpty()
                ? List.of()
                : List.of("not taken over from %s: %s".formatted(like.orElseThrow(), String.join(", ", leftOut)));
    }

    /** The wishes with what a picture and styles add to them. */
    Settings wishes(Settings own, Path model) {
        Settings wishes = own.orElse(like().settings());
        if (styles.isEmpty()) return wishes;
        Styles known = Styles.open(library().home().resolve("styles.csv"));
        Settings complete = wishes.completedFor(model);
        String text = complete.prompt().orElseThrow();
        String other = complete.negative().orElseThrow();
        for (String name : styles) {
            Styles.Style style = known.named(name);
            text = style.applyTo(text);
            other = style.applyToNegative(other);
        }
        return wishes.withPrompts(text, other);
    }

    /** The checkpoint itself, for the settings that lie beside it. */
    Diffusion.Model model() {
        Path checkpoint = library().find(model.or(like()::model).orElse("giga-mini"));
        String autoencoder = vae.or(like()::vae)
                .map(name -> library().find(Shelf.VAE, name).toString())
                .orElse("");
        String embeddings = library().folders(Shelf.EMBEDDING).stream()
                .map(Path::toString)
                .findFirst()
                .orElse("");
        return wrongUse(() -> {
            Placement placement = Placement.of(device, precision);
            return new Diffusion.Model(
                    checkpoint.toString(),
                    autoencoder,
                    embeddings,
                    prediction,
                    placement.precision().toString(),
                    placement.device().toString());
        });
    }

    /** Of a redraw: a picture that it is to be like tells the seed alone, for in tiles A1111's noise repeats. */
    Diffusion.Noise noise() {
        return wrongUse(() -> noise(Diffusion.Noise.Kind.POSITION, Optional.empty()));
    }

    /** Of a whole picture. */
    Diffusion.Noise noiseOfAPicture() {
        return wrongUse(() -> noise(like().noise().orElse(Diffusion.Noise.Kind.POSITION), like().variation()));
    }

    private Diffusion.Noise noise(Diffusion.Noise.Kind usual, Optional<Likeness.Variation> usualVariation) {
        long wanted = seed.or(like()::seed).orElse(-1L);
        long first = wanted == -1 ? new SecureRandom().nextLong(SEEDS) : wanted;
        Likeness.Variation other = variation
                .map(DiffusionOptions::variation)
                .or(() -> usualVariation)
                .orElse(new Likeness.Variation(0, 0));
        int[] from = seedResize.map(DiffusionOptions::size).orElse(new int[2]);
        return new Diffusion.Noise(
                noise.map(Diffusion.Noise.Kind::of).orElse(usual),
                first,
                other.seed(),
                other.strength(),
                from[0],
                from[1],
                ensd);
    }

    private static int[] size(String text) {
        String[] sides = text.strip().split("x", -1);
        if (sides.length != 2 || !sides[0].matches("[0-9]{1,5}") || !sides[1].matches("[0-9]{1,5}"))
            throw new JobException("seed resize '" + text + "': give WIDTHxHEIGHT, for example 512x768");
        return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
    }

    private static Likeness.Variation variation(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length != 2) throw new NumberFormatException();
            return new Likeness.Variation(Long.parseLong(parts[0].strip()), Double.parseDouble(parts[1].strip()));
        } catch (NumberFormatException e) {
            throw new JobException("variation '" + text + "': give SEED:STRENGTH, for example 42:0.2", e);
        }
    }

    Diffusion.Tuning tuning() {
        return wrongUse(() -> tuning.tuning(like().tuning()));
    }

    /** Those that the prompt names, then those of the options. */
    List<Diffusion.Lora> loras(String prompt) {
        return loras.loras(prompt, library());
    }

    /** What an option says that cannot be is wrong use, whoever finds it out. */
    <T> T wrongUse(Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (JobException | ModelException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    ParameterException wrongUse(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    ModelLibrary library() {
        return Models.library(home);
    }
}
