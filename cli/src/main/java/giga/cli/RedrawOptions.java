package giga.cli;

import giga.diffusion.ModelException;
import giga.redraw.JobException;
import giga.redraw.Request;
import giga.redraw.Request.Order;
import giga.redraw.Requests;
import giga.redraw.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that decide a redraw, named as A1111's users know them. What is left out comes from the model's own settings. */
final class RedrawOptions {
    /** For the help of every command that has these options. */
    static final String DEFAULTS =
            "What is left out comes from the model's own settings (giga.toml in its folder, or NAME.toml beside its file),"
                    + " then from giga's, given in [brackets].%n";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            description = "Checkpoint (.safetensors) or diffusers folder, by path or by its name below --home."
                    + " Default: the embedded giga-mini.")
    String model = "giga-mini";

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What the picture shows, in A1111's grammar. [none]")
    Optional<String> prompt;

    @Option(names = "--negative", paramLabel = "TEXT", description = "What it should not show. [none]")
    Optional<String> negative;

    @Option(names = "--clip-skip", paramLabel = "N", description = "Stop the text encoder N-1 layers early. [1]")
    Optional<Integer> clipSkip;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description =
                    "Euler, Euler a, DPM++ 2M or DPM++ SDE; \"DPM++ SDE Karras\" names the scheduler too. [DPM++ SDE]")
    Optional<String> sampler;

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "Automatic (the sampler's own), Uniform, Karras or Exponential. [Automatic]")
    Optional<String> scheduler;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Steps of the whole schedule; --denoise decides how many are run. [20]")
    Optional<Integer> steps;

    @Option(
            names = "--cfg",
            paramLabel = "SCALE",
            description =
                    "How strongly the prompt is followed; exactly 1 ignores the negative prompt and halves the work. [6]")
    Optional<Double> cfg;

    @Option(
            names = "--denoise",
            paramLabel = "0..1",
            description = "How much of the picture is drawn anew; even 0 runs the last step. [0.4]")
    Optional<Double> denoise;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same bytes. Default: -1, a random one.")
    long seed = -1;

    @Option(names = "--scale", paramLabel = "FACTOR", description = "Enlargement before each pass; 1 redraws only. [2]")
    Optional<Double> scale;

    @Option(names = "--passes", paramLabel = "N", description = "How often to enlarge and redraw. [1]")
    Optional<Integer> passes;

    @Option(names = "--tile", paramLabel = "PX", description = "Side of a tile, a multiple of 8. [768]")
    Optional<Integer> tile;

    @Option(
            names = "--padding",
            paramLabel = "PX",
            description = "What a tile sees beyond its own part, a multiple of 8. [128]")
    Optional<Integer> padding;

    @Option(
            names = "--blur",
            paramLabel = "PX",
            description = "How far tiles blend into each other; 0 is a hard edge. [32]")
    Optional<Integer> blur;

    @Option(names = "--order", paramLabel = "chess|none", description = "Order of the tiles. [chess]")
    Optional<Order> order;

    @Option(
            names = "--tone-lock",
            paramLabel = "PX",
            description = "Keep the source's colour and light above this radius; 0 lets the model change them. [16]")
    Optional<Integer> toneLock;

    @Option(names = "--batch", paramLabel = "N|auto", description = "Tiles denoised together. Default: auto.")
    String batch = "auto";

    @Option(names = "--precision", paramLabel = "auto|f32|bf16", description = "Default: auto, by the processor.")
    String precision = "auto";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where models/Stable-diffusion is. Default: GIGA_HOME or ~/.giga.")
    Optional<Path> home;

    Request request(Path input, Path output) {
        Path checkpoint = Models.library(home).find(model);
        try {
            return Requests.resolve(input, output, checkpoint, settings(), seed, precision, batch);
        } catch (JobException | ModelException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private Settings settings() {
        return new Settings(
                prompt, negative, clipSkip, sampler, scheduler, steps, cfg, denoise, tile, padding, blur, order,
                toneLock, passes, scale);
    }
}
