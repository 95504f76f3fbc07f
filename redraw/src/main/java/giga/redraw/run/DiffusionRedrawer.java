package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.redraw.Diffusion;
import giga.redraw.Padding;
import giga.redraw.Pass;
import giga.redraw.Phase;
import giga.redraw.Request;
import giga.redraw.ToneLock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Redraws tiles by img2img: encode, denoise with noise keyed by the tile's place, decode, lock the tone to the source. */
public final class DiffusionRedrawer implements TileRedrawer, AutoCloseable {
    private static final int LATENT = 8;

    private final PromptedModel prompted;
    private final Map<Phase.Kind, Sampling> samplings = new EnumMap<>(Phase.Kind.class);
    private final Diffusion.Noise noise;
    private final ToneLock toneLock;

    private DiffusionRedrawer(PromptedModel prompted, Request request) {
        this.prompted = prompted;
        for (Phase.Kind kind : Phase.Kind.values())
            samplings.put(kind, request.sampling(kind).resolved());
        noise = request.diffusion().noise();
        toneLock = new ToneLock(request.tiling().toneLock());
    }

    /** Loads the request's model and encodes its prompts. */
    public static DiffusionRedrawer open(Request request) {
        return new DiffusionRedrawer(PromptedModel.open(request.diffusion()), request);
    }

    /** @param prompted loaded for the same model and prompts, and closed together with this */
    public static DiffusionRedrawer of(PromptedModel prompted, Request request) {
        return new DiffusionRedrawer(prompted, request);
    }

    @Override
    public List<Planes> redraw(Pass pass, int phase, List<TileInput> batch) {
        prompted.beginPass(pass.number() + 1);
        Planes sources =
                Planes.stack(batch.stream().map(input -> planes(input.pixels())).toList());
        Padding padding = Padding.of(sources.width(), sources.height());
        StableDiffusion model = prompted.model();
        Planes latents = model.encodePixels(padding.pad(toNetwork(sources)));
        Planes redrawn = model.denoise(
                latents,
                noise(pass.noiseKey(phase), batch, latents),
                prompted.positive(),
                prompted.negative(),
                samplings.get(pass.phases().get(phase).kind()));
        Planes pixels = fromNetwork(padding.crop(model.decodeLatents(redrawn)));
        return toneLock.apply(pixels, sources).items();
    }

    /** What prompts or LoRAs hold but the model cannot use, a sentence each. */
    public List<String> notices() {
        return prompted.notices();
    }

    /** Seconds spent inside the networks so far. */
    public double networkSeconds() {
        return prompted.model().networkSeconds();
    }

    @Override
    public void close() {
        prompted.close();
    }

    private NoiseSource noise(int key, List<TileInput> batch, Planes latents) {
        List<NoiseSource> items = new ArrayList<>();
        for (TileInput input : batch) {
            Region read = input.tile().read();
            items.add(
                    switch (noise.kind()) {
                        case POSITION ->
                            new PositionNoise(
                                    noise.seed(),
                                    key,
                                    read.x() / LATENT,
                                    read.y() / LATENT,
                                    latents.channels(),
                                    latents.height(),
                                    latents.width());
                        case A1111, A1111_GPU -> imageNoise(latents);
                    });
        }
        return NoiseSource.batch(items);
    }

    /** Every tile begins with the same noise, as A1111's scripts for tiled redrawing have it. */
    private NoiseSource imageNoise(Planes latents) {
        return PromptedModel.imageNoise(noise, latents.channels(), latents.height(), latents.width());
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
