package giga.diffusion;

import giga.diffusion.lora.AdaptedNetworks;
import giga.diffusion.lora.LoraReport;
import giga.diffusion.lora.LoraUse;
import giga.diffusion.network.Autoencoder;
import giga.diffusion.network.AutoencoderKl;
import giga.diffusion.network.AutoencoderTiny;
import giga.diffusion.network.ClipTextEncoder;
import giga.diffusion.network.Tokens;
import giga.diffusion.network.UNet;
import giga.diffusion.network.UNetWork;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.sampler.Img2Img;
import giga.diffusion.sampler.LatentMask;
import giga.diffusion.sampler.Model;
import giga.diffusion.sampler.NoiseSchedule;
import giga.diffusion.sampler.Txt2Img;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.text.Chunk;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A Stable Diffusion model ready to work: text to conditioning, pixels to latents, latents denoised, latents to pixels.
 * Pixels are RGB in [-1, 1], {@code [batch, 3, 8h, 8w]}; latents have the UNet's scale, {@code [batch, c, h, w]}.
 *
 * <p>Each item of a batch goes through the networks by itself, with guidance as a pair: stacked items come out different
 * in their last bits, and on a CPU stacking was measured to gain nothing with SD 1.5 and at most a tenth with a small
 * model. So an item's result does not depend on its company. For use by one thread at a time.
 */
public final class StableDiffusion implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final TextInputs textInputs;
    private final NoiseSchedule schedule;
    private final AdaptedNetworks<Networks> networks;
    private Embeddings embeddings = Embeddings.none();
    private long networkNanos;
    private IntConsumer evaluations = count -> {};

    private StableDiffusion(Checkpoint checkpoint, Precision precision) {
        Architecture architecture = checkpoint.architecture();
        this.checkpoint = checkpoint;
        textInputs = TextInputs.of(checkpoint);
        schedule = NoiseSchedule.of(architecture);
        networks =
                new AdaptedNetworks<>(checkpoint, precision, weights -> Networks.of(weights, architecture, precision));
    }

    /**
     * Loads a model.
     *
     * @param model single-file checkpoint or diffusers folder
     * @throws ModelException when it is damaged, incomplete, or of a family that is not supported
     */
    public static StableDiffusion load(Path model, Precision precision) {
        Checkpoint checkpoint = Checkpoint.open(model);
        try {
            return new StableDiffusion(checkpoint, precision);
        } catch (RuntimeException | Error e) {
            checkpoint.close();
            throw e;
        }
    }

    public Architecture architecture() {
        return checkpoint.architecture();
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
        boolean sdxl =
                Set.of(Family.SDXL, Family.SDXL_REFINER).contains(architecture().family());
        return new PromptEncoder(List.of(new Clip()), embeddings.of(textInputs), sdxl)
                .encode(prompt, options, totalSteps);
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
        return networkNanos / 1e9;
    }

    @Override
    public void close() {
        networks.close();
        checkpoint.close();
    }

    private Model model(PromptConditioning positive, PromptConditioning negative) {
        GuidedDenoiser network = new GuidedDenoiser(this::predict, positive, negative);
        return new Model(architecture().prediction(), schedule, network);
    }

    /** The UNet's output for each of several conditionings of equal length. */
    private List<Planes> predict(Planes x, float timestep, List<Conditioning> conditionings) {
        int copies = conditionings.size();
        float[] timesteps = new float[copies];
        Arrays.fill(timesteps, timestep);
        Conditioning first = conditionings.getFirst();
        float[] context =
                joined(conditionings.stream().map(Conditioning::values).toList());
        List<List<Planes>> outputs = new ArrayList<>();
        for (Planes item : x.items()) {
            evaluations.accept(copies);
            Planes repeated = Planes.stack(Collections.nCopies(copies, item));
            Planes output = inNetwork(() -> networks.value()
                    .unet()
                    .forward(
                            Tensor.of(repeated),
                            timesteps,
                            Tensor.of(context, copies, first.tokens(), first.width()),
                            Optional.empty())
                    .toPlanes());
            outputs.add(output.items());
        }
        List<Planes> byConditioning = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            int number = i;
            byConditioning.add(Planes.stack(
                    outputs.stream().map(items -> items.get(number)).toList()));
        }
        return byConditioning;
    }

    private Planes eachItem(Planes batch, Function<Tensor, Tensor> network) {
        return Planes.stack(batch.items().stream()
                .map(item -> inNetwork(() -> network.apply(Tensor.of(item)).toPlanes()))
                .toList());
    }

    private <T> T inNetwork(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return Scope.read(work);
        } finally {
            networkNanos += System.nanoTime() - start;
        }
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private final class Clip implements ChunkEncoder {
        @Override
        public Tokenizer tokenizer() {
            return textInputs.encoders().getFirst().tokenizer();
        }

        @Override
        public Output encode(Chunk chunk, int clipSkip) {
            ClipTextEncoder encoder = networks.value().text();
            if (clipSkip > encoder.layerCount())
                throw new ModelException("clip skip " + clipSkip + ": the text encoder of " + checkpoint.name()
                        + " has " + encoder.layerCount() + " layers; give 1 to " + encoder.layerCount());
            List<Tokens.Rows> inserts = chunk.inserts().stream()
                    .map(insert -> new Tokens.Rows(insert.row(), insert.vectors()))
                    .toList();
            Tokens tokens = new Tokens(new int[][] {chunk.ids()}, inserts);
            float[] hidden = inNetwork(() -> encoder.forward(tokens, clipSkip).toFloats());
            return new Output(hidden, Optional.empty());
        }
    }

    private record Networks(ClipTextEncoder text, UNet unet, Autoencoder autoencoder) {
        static Networks of(Weights weights, Architecture architecture, Precision precision) {
            Architecture.TextEncoder text = architecture.textEncoders().getFirst();
            return new Networks(
                    new ClipTextEncoder(weights.below(text.prefix()), text.heads(), text.activation()),
                    new UNet(weights.below("model.diffusion_model."), precision, architecture.heads()),
                    switch (architecture.autoencoder()) {
                        case KL -> new AutoencoderKl(weights.below("first_stage_model."), precision);
                        case TINY -> new AutoencoderTiny(weights, precision);
                    });
        }
    }
}
