package giga.diffusion;

import giga.diffusion.lora.AdaptedNetworks;
import giga.diffusion.lora.LoraReport;
import giga.diffusion.lora.LoraUse;
import giga.diffusion.network.UNet;
import giga.diffusion.network.UNetWork;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.sampler.Img2Img;
import giga.diffusion.sampler.LatentMask;
import giga.diffusion.sampler.Model;
import giga.diffusion.sampler.NoiseSchedule;
import giga.diffusion.sampler.Stepwise;
import giga.diffusion.sampler.Txt2Img;
import giga.diffusion.tensor.Device;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.text.Prompt;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * A Stable Diffusion model ready to work: text to conditioning, pixels to latents, latents denoised, latents to pixels.
 * Pixels are RGB in [-1, 1], {@code [batch, 3, 8h, 8w]}; latents have the UNet's scale, {@code [batch, c, h, w]}.
 *
 * <p>Each item of a batch goes through the networks by itself, with guidance as a pair: stacked items come out different
 * in their last bits, and on a CPU stacking was measured to gain nothing with SD 1.5 and at most a tenth with a small
 * model. So an item's result does not depend on its company. For use by one thread at a time.
 */
public final class StableDiffusion implements AutoCloseable {
    /** Side of the square of pixels that one latent stands for, with every autoencoder of the supported families. */
    public static final int PIXELS_PER_LATENT = 8;

    private final Checkpoint checkpoint;
    private final TextInputs textInputs;
    private final AdaptedNetworks<Networks> networks;
    private final Architecture architecture;
    private final NoiseSchedule schedule;
    private final NetworkClock clock = new NetworkClock();
    private Embeddings embeddings = Embeddings.none();
    private IntConsumer evaluations = count -> {};

    private StableDiffusion(Checkpoint checkpoint, Placement placement) {
        this.checkpoint = checkpoint;
        textInputs = TextInputs.of(checkpoint);
        networks = new AdaptedNetworks<>(
                checkpoint, placement, weights -> Networks.of(weights, checkpoint.architecture()));
        try {
            architecture = asked(checkpoint, textInputs, networks.value().unet());
            schedule = NoiseSchedule.of(architecture);
        } catch (RuntimeException | Error e) {
            networks.close();
            throw e;
        }
    }

    /**
     * Loads a model to compute on the processor.
     *
     * @param model single-file checkpoint or diffusers folder
     * @throws ModelException when it is damaged, incomplete, or of a family that is not supported
     */
    public static StableDiffusion load(Path model, Precision precision) {
        return load(model, Placement.onProcessor(precision), ModelOptions.NONE);
    }

    /** The same on any device, with what the user tells of the model. */
    public static StableDiffusion load(Path model, Placement placement, ModelOptions options) {
        Checkpoint checkpoint = Checkpoint.open(model, options);
        try {
            if (placement.device().equals(Device.CPU))
                MemoryNeed.check(checkpoint, placement.precision(), FreeMemory.ofThisMachine());
            return new StableDiffusion(checkpoint, placement);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    public Architecture architecture() {
        return architecture;
    }

    /**
     * Makes these LoRAs act, and no others, until the next call; see {@link AdaptedNetworks#use}.
     *
     * @throws ModelException where a LoRA cannot be read or is for other models
     */
    public LoraReport use(List<LoraUse> loras) {
        return networks.use(loras);
    }

    /**
     * A prompt as the UNet sees it over a run.
     *
     * @param totalSteps that the prompt's schedule counts, see {@link Sampling#promptSteps}
     * @throws ModelException when the prompt is too long or the clip skip leaves no layer
     */
    public PromptConditioning encode(Prompt prompt, TextOptions options, int totalSteps) {
        return new TextConditioner(checkpoint, textInputs, networks.value().text(), clock)
                .encode(prompt, options, totalSteps, embeddings);
    }

    /** Textual inversions that prompts encoded from now on may name. */
    public void use(Embeddings embeddings) {
        this.embeddings = embeddings;
    }

    /** Pixels to latents; sides must be multiples of 8. */
    public Planes encodePixels(Planes pixels) {
        double scale = architecture().latentScale();
        return eachItem(
                pixels, item -> networks.value().autoencoder().encode(item).times(scale));
    }

    /** Latents to pixels, about in [-1, 1]. */
    public Planes decodeLatents(Planes latents) {
        double scale = architecture().latentScale();
        return eachItem(latents, item -> networks.value().autoencoder().decode(item.times(1 / scale)));
    }

    /**
     * Denoises latents: noise is added for the part of the schedule that the denoise strength leaves, then sampled away.
     *
     * @param noise of the same shape as the latents
     * @param negative guides away from it; unused at cfg 1
     */
    public Planes denoise(
            Planes latents,
            NoiseSource noise,
            PromptConditioning positive,
            PromptConditioning negative,
            Sampling sampling) {
        return Img2Img.sample(sampling, model(positive, negative), latents, noise);
    }

    /** The same where a mask does not keep the latents. */
    public Planes denoise(
            LatentMask mask,
            NoiseSource noise,
            PromptConditioning positive,
            PromptConditioning negative,
            Sampling sampling) {
        Model model = model(positive, negative);
        return mask.blend(Img2Img.sample(sampling, model, mask.original(), noise, Optional.of(mask)));
    }

    /**
     * What the denoiser answers at its next call in a redraw that is gone through call by call, so that between two calls
     * a picture may be cut into other pieces; see {@link Stepwise}.
     *
     * @param known its answers so far
     */
    public Planes answer(
            Planes latents,
            NoiseSource noise,
            List<Planes> known,
            PromptConditioning positive,
            PromptConditioning negative,
            Sampling sampling) {
        return Stepwise.next(sampling, model(positive, negative), latents, noise, known);
    }

    /** The redrawn latents of such a redraw, all calls being answered. */
    public Planes finish(
            Planes latents,
            NoiseSource noise,
            List<Planes> answers,
            PromptConditioning positive,
            PromptConditioning negative,
            Sampling sampling) {
        return Stepwise.finish(sampling, model(positive, negative), latents, noise, answers);
    }

    /**
     * New latents from noise alone.
     *
     * @param noise whose first draw gives the shape
     * @param sampling whose denoise strength is of no account
     */
    public Planes generate(
            NoiseSource noise, PromptConditioning positive, PromptConditioning negative, Sampling sampling) {
        return Txt2Img.sample(sampling, model(positive, negative), noise);
    }

    /** Arithmetic of one UNet evaluation of a latent {@code [1, c, height, width]}, in floating-point operations. */
    public double unetFlops(int height, int width, int tokens) {
        return new UNetWork(checkpoint).flops(height, width, tokens);
    }

    /**
     * Who is told, before evaluations of the UNet, for how many latents they are. What it throws ends the run, and the
     * model can be used again.
     */
    public void beforeEvaluations(IntConsumer listener) {
        evaluations = listener;
    }

    /** Seconds spent inside UNet, autoencoder and text encoder so far. */
    public double networkSeconds() {
        return clock.seconds();
    }

    @Override
    public void close() {
        networks.close();
        checkpoint.close();
    }

    private Model model(PromptConditioning positive, PromptConditioning negative) {
        ConditionedUNet unet = new ConditionedUNet(networks.value().unet(), architecture.family(), clock, evaluations);
        return new Model(architecture.prediction(), schedule, new GuidedDenoiser(unet, positive, negative));
    }

    private Planes eachItem(Planes batch, Function<Tensor, Tensor> network) {
        return Planes.stack(batch.items().stream()
                .map(item -> clock.time(() -> network.apply(Tensor.of(item)).toPlanes()))
                .toList());
    }

    private static Architecture asked(Checkpoint checkpoint, TextInputs inputs, UNet unet) {
        Architecture told = checkpoint.architecture();
        if (checkpoint.predictionTold()) return told;
        int textWidth = inputs.widths().stream().mapToInt(Integer::intValue).sum();
        return told.predicting(Scope.read(() -> PredictionProbe.ask(unet, told.latentChannels(), textWidth)));
    }
}
