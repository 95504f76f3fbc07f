package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.ModelException;
import giga.diffusion.Planes;
import giga.diffusion.PromptConditioning;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.TextOptions;
import giga.diffusion.noise.ImageNoise;
import giga.diffusion.noise.ImageSeed;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.tensor.Device;
import giga.diffusion.tensor.Precision;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.redraw.Diffusion;
import giga.redraw.Padding;
import giga.redraw.Pass;
import giga.redraw.Request;
import giga.redraw.ToneLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Redraws tiles by img2img: encode, denoise with noise keyed by the tile's place, decode, lock the tone to the source. */
public final class DiffusionRedrawer implements TileRedrawer, AutoCloseable {
    private static final int LATENT = 8;

    private final StableDiffusion model;
    private final Sampling sampling;
    private final Diffusion.Noise noise;
    private final ToneLock toneLock;
    private final PromptConditioning positive;
    private final PromptConditioning negative;

    private DiffusionRedrawer(StableDiffusion model, Request request) {
        this.model = model;
        sampling = sampling(request.diffusion().sampling());
        noise = request.diffusion().noise();
        toneLock = new ToneLock(request.tiling().toneLock());
        Diffusion.Prompts prompts = request.diffusion().prompts();
        TextOptions options = new TextOptions(prompts.clipSkip(), Emphasis.byName(prompts.emphasis()));
        Prompt prompt = Prompt.parse(prompts.prompt());
        if (!prompt.loras().isEmpty())
            throw new ModelException("The prompt asks for the LoRA %.60s, which a redraw cannot use yet; remove it"
                    .formatted(prompt.loras().getFirst().name()));
        positive = model.encode(prompt, options, sampling.promptSteps());
        negative = model.encode(Prompt.parseNegative(prompts.negative()), options, sampling.promptSteps());
    }

    /** Loads the request's model and encodes its prompts. */
    public static DiffusionRedrawer open(Request request) {
        StableDiffusion model = StableDiffusion.load(
                Path.of(request.diffusion().model().path()),
                Precision.of(request.diffusion().model().precision(), Device.CPU));
        try {
            return new DiffusionRedrawer(model, request);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** @throws giga.diffusion.ModelException when a name is unknown */
    public static Sampling sampling(Diffusion.Sampling request) {
        return new Sampling(
                Sampler.byName(request.sampler()),
                Scheduler.byName(request.scheduler()),
                request.steps(),
                request.denoise(),
                request.cfg());
    }

    @Override
    public List<Planes> redraw(Pass pass, List<TileInput> batch) {
        Planes sources =
                Planes.stack(batch.stream().map(input -> planes(input.pixels())).toList());
        Padding padding = Padding.of(sources.width(), sources.height());
        Planes latents = model.encodePixels(padding.pad(toNetwork(sources)));
        Planes redrawn = model.denoise(latents, noise(pass, batch, latents), positive, negative, sampling);
        Planes pixels = fromNetwork(padding.crop(model.decodeLatents(redrawn)));
        return toneLock.apply(pixels, sources).items();
    }

    /** Seconds spent inside the networks so far. */
    public double networkSeconds() {
        return model.networkSeconds();
    }

    @Override
    public void close() {
        model.close();
    }

    private NoiseSource noise(Pass pass, List<TileInput> batch, Planes latents) {
        List<NoiseSource> items = new ArrayList<>();
        for (TileInput input : batch) {
            Region read = input.tile().read();
            items.add(
                    switch (noise.kind()) {
                        case POSITION ->
                            new PositionNoise(
                                    noise.seed(),
                                    pass.number(),
                                    read.x() / LATENT,
                                    read.y() / LATENT,
                                    latents.channels(),
                                    latents.height(),
                                    latents.width());
                        case A1111 -> imageNoise(ImageNoise.Source.CPU, latents);
                        case A1111_GPU -> imageNoise(ImageNoise.Source.NV, latents);
                    });
        }
        return NoiseSource.batch(items);
    }

    /** Every tile begins with the same noise, as A1111's scripts for tiled redrawing have it. */
    private ImageNoise imageNoise(ImageNoise.Source source, Planes latents) {
        ImageSeed seed = new ImageSeed(noise.seed()).withVariation(noise.variationSeed(), noise.variationStrength());
        return new ImageNoise(source, seed, latents.channels(), latents.height(), latents.width());
    }

    /** [1, 3, height, width], 0 to 255. */
    private static Planes planes(Pixels pixels) {
        Planes planes = new Planes(1, 3, pixels.height(), pixels.width());
        int plane = pixels.width() * pixels.height();
        byte[] rgb = pixels.rgb();
        for (int i = 0; i < plane; i++) {
            for (int c = 0; c < 3; c++) planes.values()[c * plane + i] = rgb[3 * i + c] & 0xFF;
        }
        return planes;
    }

    private static Planes toNetwork(Planes pixels) {
        return mapped(pixels, 1 / 127.5f, -1);
    }

    private static Planes fromNetwork(Planes pixels) {
        return mapped(pixels, 127.5f, 127.5f);
    }

    private static Planes mapped(Planes planes, float factor, float summand) {
        float[] values = new float[planes.values().length];
        for (int i = 0; i < values.length; i++) values[i] = planes.values()[i] * factor + summand;
        return new Planes(planes.batch(), planes.channels(), planes.height(), planes.width(), values);
    }
}
