package giga.redraw.generate;

import giga.canvas.Pixels;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.StableDiffusion;
import giga.diffusion.noise.NoiseSource;
import giga.diffusion.noise.PositionNoise;
import giga.diffusion.sampler.NoiseSchedule;
import giga.diffusion.sampler.RunCost;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Checkpoint;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.run.PromptedModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/** Makes new pictures from noise (txt2img). For use by one thread at a time. */
public final class Generator implements AutoCloseable {
    private static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;
    /** A redraw of the picture counts its passes from 0, and its noise must be another one. */
    private static final int PASS = 0xFFFF;

    /** What a decoder takes for a pixel with 16-bit numbers, measured at 512 px, rounded down. */
    private static final int KL_BYTES = 4000;

    private static final int TINY_BYTES = 500;

    private final PromptedModel prompted;
    private final Diffusion diffusion;
    private final Sampling sampling;
    private final boolean onCard;
    private final boolean inFloat;

    private Generator(PromptedModel prompted, Diffusion diffusion) {
        this.prompted = prompted;
        this.diffusion = diffusion;
        sampling = diffusion.sampling().resolved();
        Diffusion.Model model = diffusion.model();
        onCard = !model.device().equals("cpu");
        inFloat = model.precision().equals("f32");
    }

    /** @throws giga.diffusion.ModelException when the model cannot be used, or cannot do what is asked */
    public static Generator open(Diffusion diffusion) {
        return new Generator(PromptedModel.open(diffusion), diffusion);
    }

    /**
     * The side of the squares that a model was trained on, by its family. An SD 2 whose file does not say what it predicts
     * is counted among the larger and more frequent ones.
     */
    public static int nativeSide(Diffusion.Model model) {
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(model.path()))) {
            Architecture architecture = checkpoint.architecture();
            boolean eps = model.prediction().equals("auto")
                    ? checkpoint.predictionTold() && architecture.prediction() == Prediction.EPS
                    : model.prediction().equals("eps");
            return switch (architecture.family()) {
                case SD1 -> 512;
                case SD2 -> eps ? 512 : 768;
                case SDXL, SDXL_REFINER -> 1024;
            };
        }
    }

    /** Evaluations of the UNet that one picture takes; an estimate for samplers that choose their steps themselves. */
    public int evaluations() {
        NoiseSchedule schedule = NoiseSchedule.of(model().architecture());
        int parts = prompted.positive().parts().size();
        return RunCost.txt2img(sampling, schedule, parts).networkCalls();
    }

    /**
     * One picture.
     *
     * @param evaluating is told before each evaluation of the UNet how many there have been; what it throws ends the drawing
     */
    public Pixels draw(Diffusion.Noise noise, int width, int height, IntConsumer evaluating) {
        // An enlargement may have had other prompts in between.
        prompted.begin(diffusion, 1);
        int[] done = {0};
        model().beforeEvaluations(count -> {
            evaluating.accept(done[0]);
            done[0] += count;
        });
        try {
            Planes latents = model().generate(
                            source(noise, height / LATENT, width / LATENT),
                            prompted.positive(),
                            prompted.negative(),
                            sampling);
            return pixels(model().decodeLatents(latents));
        } finally {
            model().beforeEvaluations(count -> {});
        }
    }

    /** What the prompts name but the model cannot use, a sentence each. */
    public List<String> notices() {
        return prompted.notices();
    }

    /**
     * Refuses a size that the machine cannot bear: a system that runs out of memory ends whole programs.
     *
     * @throws JobException that tells how much it would take, at least
     */
    public void checkMemory(int width, int height) {
        if (onCard) return;
        int bytesPerPixel =
                (model().architecture().autoencoder() == Autoencoder.TINY ? TINY_BYTES : KL_BYTES) * (inFloat ? 2 : 1);
        long needed = (long) width * height * bytesPerPixel;
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        if (needed > system.getTotalMemorySize())
            throw new JobException(String.format(
                    Locale.ROOT,
                    "a picture of %dx%d would take %.0f GB of memory or more, and this machine has %.0f;"
                            + " make a smaller one and enlarge it with --hires or giga redraw",
                    width,
                    height,
                    needed / 1e9,
                    system.getTotalMemorySize() / 1e9));
    }

    /** Seconds spent inside the networks so far. */
    public double networkSeconds() {
        return model().networkSeconds();
    }

    public PromptedModel prompted() {
        return prompted;
    }

    @Override
    public void close() {
        prompted.close();
    }

    private StableDiffusion model() {
        return prompted.model();
    }

    private NoiseSource source(Diffusion.Noise noise, int height, int width) {
        int channels = model().architecture().latentChannels();
        return switch (noise.kind()) {
            case POSITION -> new PositionNoise(noise.seed(), PASS, 0, 0, channels, height, width);
            case A1111, A1111_GPU -> PromptedModel.imageNoise(noise, channels, height, width);
        };
    }

    /** [1, 3, height, width] in [-1, 1] to 8 bits. */
    private static Pixels pixels(Planes decoded) {
        Pixels pixels = new Pixels(decoded.width(), decoded.height());
        int plane = decoded.width() * decoded.height();
        for (int i = 0; i < plane; i++)
            for (int c = 0; c < 3; c++) {
                float value = decoded.values()[c * plane + i] * 127.5f + 127.5f;
                pixels.rgb()[3 * i + c] = (byte) Math.clamp(Math.round(value), 0, 255);
            }
        return pixels;
    }
}
