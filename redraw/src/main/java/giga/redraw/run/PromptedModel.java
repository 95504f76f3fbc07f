package giga.redraw.run;

import giga.diffusion.Embeddings;
import giga.diffusion.ModelException;
import giga.diffusion.PromptConditioning;
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
    private static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;

    private final StableDiffusion model;
    private final Embeddings embeddings;
    private LoraReport report = LoraReport.NONE;
    private Optional<Encoded> encoded = Optional.empty();

    /** Prompts come to something else with other LoRAs, and with another number of steps, by which they may change. */
    private record Asked(List<LoraUse> loras, Diffusion.Prompts prompts, int steps) {}

    private record Encoded(Asked asked, PromptConditioning positive, PromptConditioning negative) {}

    private PromptedModel(StableDiffusion model, Diffusion diffusion) {
        this.model = model;
        embeddings = diffusion.model().embeddings().isEmpty()
                ? Embeddings.none()
                : Embeddings.in(Path.of(diffusion.model().embeddings()));
        model.use(embeddings);
        begin(diffusion, 1);
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
     * Lets the LoRAs of a pass act, and encodes its prompts with them. Costs nothing where they are those of the pass
     * before.
     *
     * @param diffusion of the model that this is
     * @param pass from 1
     * @return whether anything changed
     */
    public boolean begin(Diffusion diffusion, int pass) {
        List<LoraUse> loras = diffusion.loras().stream()
                .filter(lora -> lora.pass() == 0 || lora.pass() == pass)
                .map(PromptedModel::use)
                .toList();
        Diffusion.Prompts prompts = diffusion.prompts();
        Asked asked = new Asked(loras, prompts, diffusion.sampling().resolved().promptSteps());
        if (encoded.filter(known -> known.asked().equals(asked)).isPresent()) return false;
        if (encoded.filter(known -> known.asked().loras().equals(loras)).isEmpty()) report = model.use(loras);
        TextOptions options = new TextOptions(prompts.clipSkip(), Emphasis.byName(prompts.emphasis()));
        encoded = Optional.of(new Encoded(
                asked,
                model.encode(Prompt.parse(prompts.prompt()), options, asked.steps()),
                model.encode(Prompt.parseNegative(prompts.negative()), options, asked.steps())));
        return true;
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
