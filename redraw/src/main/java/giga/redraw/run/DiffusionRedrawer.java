package giga.redraw.run;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.weights.Checkpoint;
import giga.redraw.Diffusion;
import giga.redraw.Padding;
import giga.redraw.Pass;
import giga.redraw.PassSettings;
import giga.redraw.Phase;
import giga.redraw.Request;
import giga.redraw.ToneLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Redraws tiles by img2img: encode, denoise with noise keyed by the tile's place, decode, lock the tone to the source. */
public final class DiffusionRedrawer implements TileRedrawer, LatentRedrawer, AutoCloseable {
    private static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;

    private final Request request;
    private final Consumer<String> notices;
    private Diffusion.Model loaded;
    private PromptedModel prompted;
    private double secondsBefore;
    private long unetCalls;

    private DiffusionRedrawer(
            PromptedModel prompted, Diffusion.Model loaded, Request request, Consumer<String> notices) {
        this.request = request;
        this.notices = notices;
        this.loaded = loaded;
        this.prompted = prompted;
        prompted.model().beforeEvaluations(latents -> unetCalls += latents);
    }

    /**
     * Loads the model of the request's first pass and encodes its prompts. A pass with another model loads that one
     * instead when its turn comes.
     *
     * @param notices told what prompts or LoRAs hold but a model cannot use, a sentence each
     */
    public static DiffusionRedrawer open(Request request, Consumer<String> notices) {
        Diffusion first = request.passes().getFirst().diffusion();
        // What would end a run in its last pass ends it before the first.
        for (PassSettings pass : request.passes())
            if (!pass.diffusion().model().equals(first.model()))
                Checkpoint.open(Path.of(pass.diffusion().model().path())).close();
        PromptedModel prompted = PromptedModel.open(first);
        prompted.notices().forEach(notices);
        return new DiffusionRedrawer(prompted, first.model(), request, notices);
    }

    /** @param prompted loaded for the same model and prompts, which all passes share; closed together with this */
    public static DiffusionRedrawer of(PromptedModel prompted, Request request) {
        return new DiffusionRedrawer(
                prompted, request.passes().getFirst().diffusion().model(), request, _ -> {});
    }

    /** Everything that a redraw does to a tile but for the networks: to learn what that costs. */
    public static TileRedrawer withoutNetworks(Request request) {
        return (pass, phase, batch) -> {
            ToneLock lock = new ToneLock(pass.tiling().toneLock());
            Planes sources = Planes.stack(
                    batch.stream().map(input -> planes(input.pixels())).toList());
            return lock.apply(fromNetwork(toNetwork(sources)), sources).items();
        };
    }

    @Override
    public List<Planes> redraw(Pass pass, int phase, List<TileInput> batch) {
        begin(pass);
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
                request.of(pass).sampling(pass.phases().get(phase).kind()).resolved());
        Planes pixels = fromNetwork(padding.crop(model.decodeLatents(redrawn)));
        return new ToneLock(pass.tiling().toneLock()).apply(pixels, sources).items();
    }

    @Override
    public LatentRedrawer latents() {
        return this;
    }

    @Override
    public int calls(Pass pass) {
        return request.of(pass).denoiserCalls();
    }

    @Override
    public Planes encode(Pass pass, Pixels pixels) {
        begin(pass);
        Planes source = planes(pixels);
        return prompted.model()
                .encodePixels(Padding.of(source.width(), source.height()).pad(toNetwork(source)));
    }

    @Override
    public List<Planes> answer(Pass pass, List<Region> windows, List<Planes> encoded, List<List<Planes>> known) {
        begin(pass);
        List<Planes> answers = new ArrayList<>();
        for (int call = 0; call < known.getFirst().size(); call++) {
            int answered = call;
            answers.add(Planes.stack(
                    known.stream().map(window -> window.get(answered)).toList()));
        }
        NoiseSource noise = NoiseSource.batch(windows.stream()
                .map(window ->
                        placeNoise(pass.number(), window, encoded.getFirst().channels()))
                .toList());
        return prompted.model()
                .answer(Planes.stack(encoded), noise, answers, prompted.positive(), prompted.negative(), drawing(pass))
                .items();
    }

    @Override
    public Planes decode(Pass pass, TileInput tile, Region region, Planes encoded, List<Planes> answers) {
        begin(pass);
        Planes latents = prompted.model()
                .finish(
                        encoded,
                        placeNoise(pass.number(), region, encoded.channels()),
                        answers,
                        prompted.positive(),
                        prompted.negative(),
                        drawing(pass));
        Planes pixels = fromNetwork(prompted.model().decodeLatents(latents));
        Region read = tile.tile().read();
        Planes drawn = pixels.part(
                read.x() - LATENT * region.x(), read.y() - LATENT * region.y(), read.width(), read.height());
        return new ToneLock(pass.tiling().toneLock()).apply(drawn, planes(tile.pixels()));
    }

    private void begin(Pass pass) {
        Diffusion wanted = request.of(pass).diffusion();
        boolean changed = load(wanted);
        if (prompted.begin(wanted, pass.number() + 1) || changed)
            prompted.notices().forEach(notices);
    }

    /** The old model goes before the new one comes: two may not fit into memory. */
    private boolean load(Diffusion wanted) {
        if (wanted.model().equals(loaded)) return false;
        secondsBefore = networkSeconds();
        prompted.close();
        prompted = PromptedModel.open(wanted);
        prompted.model().beforeEvaluations(latents -> unetCalls += latents);
        loaded = wanted.model();
        return true;
    }

    private Sampling drawing(Pass pass) {
        return request.of(pass).sampling(Phase.Kind.DRAW).resolved();
    }

    private NoiseSource placeNoise(int key, Region latents, int channels) {
        return new PositionNoise(
                request.noise().seed(), key, latents.x(), latents.y(), channels, latents.height(), latents.width());
    }

    /** Evaluations of the UNet so far, counted for one latent each. */
    public long unetCalls() {
        return unetCalls;
    }

    /** The model of the pass at hand. */
    public StableDiffusion model() {
        return prompted.model();
    }

    /** Seconds spent inside the networks so far. */
    public double networkSeconds() {
        return secondsBefore + prompted.model().networkSeconds();
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
                    switch (request.noise().kind()) {
                        case POSITION -> {
                            Region place =
                                    new Region(read.x() / LATENT, read.y() / LATENT, latents.width(), latents.height());
                            yield placeNoise(key, place, latents.channels());
                        }
                        case A1111, A1111_GPU -> imageNoise(latents);
                    });
        }
        return NoiseSource.batch(items);
    }

    /** Every tile begins with the same noise, as A1111's scripts for tiled redrawing have it. */
    private NoiseSource imageNoise(Planes latents) {
        return PromptedModel.imageNoise(request.noise(), latents.channels(), latents.height(), latents.width());
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
