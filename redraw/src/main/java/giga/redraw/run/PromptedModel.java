package giga.redraw.run;

import giga.diffusion.Embeddings;
import giga.diffusion.ModelException;
import giga.diffusion.PromptConditioning;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.TextOptions;
import giga.diffusion.lora.LoraReport;
import giga.diffusion.lora.LoraUse;
import giga.diffusion.noise.ImageNoise;
import giga.diffusion.noise.ImageSeed;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.redraw.Diffusion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A model, loaded with all that goes with it, and its prompts, encoded: ready to draw. For use by one thread at a time. */
public final class PromptedModel implements AutoCloseable {
    private static final int LATENT = 8;

    private final StableDiffusion model;
    private final Embeddings embeddings;
    private final Sampling sampling;
    private final Diffusion diffusion;
    private List<LoraUse> loras = List.of();
    private LoraReport report = LoraReport.NONE;
    private Optional<Encoded> encoded = Optional.empty();

    private record Encoded(PromptConditioning positive, PromptConditioning negative) {}

    private PromptedModel(StableDiffusion model, Diffusion diffusion) {
        this.model = model;
        this.diffusion = diffusion;
        embeddings = diffusion.model().embeddings().isEmpty()
                ? Embeddings.none()
                : Embeddings.in(Path.of(diffusion.model().embeddings()));
        model.use(embeddings);
        sampling = diffusion.sampling().resolved();
        beginPass(1);
    }

    /** @throws ModelException when the model cannot be used, or cannot do what is asked */
    public static PromptedModel open(Diffusion diffusion) {
        StableDiffusion model = diffusion.model().load();
        try {
            return new PromptedModel(model, diffusion);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /**
     * Lets the LoRAs of a pass act, and encodes the prompts with them. Costs nothing where they are those of the pass
     * before.
     *
     * @param pass from 1
     */
    public void beginPass(int pass) {
        List<LoraUse> wanted = diffusion.loras().stream()
                .filter(lora -> lora.pass() == 0 || lora.pass() == pass)
                .map(PromptedModel::use)
                .toList();
        if (encoded.isPresent() && wanted.equals(loras)) return;
        report = model.use(wanted);
        loras = wanted;
        Diffusion.Prompts prompts = diffusion.prompts();
        TextOptions options = new TextOptions(prompts.clipSkip(), Emphasis.byName(prompts.emphasis()));
        encoded = Optional.of(new Encoded(
                model.encode(Prompt.parse(prompts.prompt()), options, sampling.promptSteps()),
                model.encode(Prompt.parseNegative(prompts.negative()), options, sampling.promptSteps())));
    }

    private static LoraUse use(Diffusion.Lora lora) {
        OptionalInt dim = lora.dim() == 0 ? OptionalInt.empty() : OptionalInt.of(lora.dim());
        return new LoraUse(Path.of(lora.file()), lora.text(), lora.unet(), dim);
    }

    /** A1111's noise of one picture, in the shape of {@code [1, channels, height, width]}. */
    public static NoiseSource imageNoise(Diffusion.Noise noise, int channels, int height, int width) {
        ImageSeed seed = new ImageSeed(noise.seed())
                .withVariation(noise.variationSeed(), noise.variationStrength())
                .withResizeFrom(noise.resizeFromHeight() / LATENT, noise.resizeFromWidth() / LATENT)
                .withEtaNoiseSeedDelta(noise.etaSeedDelta());
        ImageNoise.Source source =
                noise.kind() == Diffusion.Noise.Kind.A1111 ? ImageNoise.Source.CPU : ImageNoise.Source.NV;
        return new ImageNoise(source, seed, channels, height, width);
    }

    public StableDiffusion model() {
        return model;
    }

    public Sampling sampling() {
        return sampling;
    }

    /** What prompts or LoRAs hold but the model cannot use, a sentence each. */
    public List<String> notices() {
        return Stream.concat(
                        embeddings.passedOver().stream(),
                        report.loras().stream()
                                .filter(lora -> !lora.left().isEmpty() || lora.bundlesEmbeddings())
                                .map(LoraReport.Merged::toString))
                .toList();
    }

    public PromptConditioning positive() {
        return encoded.orElseThrow().positive();
    }

    public PromptConditioning negative() {
        return encoded.orElseThrow().negative();
    }

    @Override
    public void close() {
        model.close();
    }
}
