package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import giga.diffusion.StableDiffusion;
import giga.diffusion.sampler.Guidance;
import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.SamplerOptions;
import giga.diffusion.sampler.Scheduler;
import giga.diffusion.tensor.Placement;
import giga.diffusion.text.Emphasis;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.ModelOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model is asked to draw and how: the same for new pictures and for the tiles of a redraw. Every part refuses
 * values it cannot use with a {@link JobException} that names the value and what to give instead.
 *
 * @param loras merged into the model's weights, together
 */
public record Diffusion(Model model, Prompts prompts, Sampling sampling, Noise noise, List<Lora> loras) {
    public Diffusion {
        given("model", model);
        given("prompts", prompts);
        given("sampling", sampling);
        given("noise", noise);
        given("loras", loras);
        loras = List.copyOf(loras);
        check(loras.size() <= 64, "%d LoRAs: give 64 at most", loras.size());
    }

    /**
     * A LoRA for a pass that never comes would be left out in silence.
     *
     * @param count of the passes there are
     */
    public void checkPasses(int count) {
        for (Lora lora : loras)
            check(
                    lora.pass() <= count,
                    "LoRA %s is for pass %d, and the last pass is %d: leave out @%2$d, or give more passes",
                    lora.file(),
                    lora.pass(),
                    count);
    }

    /**
     * @param path checkpoint file or diffusers folder, absolute
     * @param vae file or folder of the autoencoder to use instead of the model's own, absolute; empty for its own
     * @param embeddings folder of textual inversions that prompts may name, absolute; empty for none
     * @param prediction auto, eps or v: what the UNet's output means
     * @param precision f32, bf16 or fp16, never auto: a resume on another machine must not change it
     * @param device cpu, or cuda:0, cuda:1, …; never auto, for the same reason
     */
    public record Model(
            String path, String vae, String embeddings, String prediction, String precision, String device) {
        public Model {
            given("model", path);
            given("vae", vae);
            given("embeddings", embeddings);
            given("prediction", prediction);
            given("precision", precision);
            given("device", device);
            check(Set.of("auto", "eps", "v").contains(prediction), "prediction '%s': give auto, eps or v", prediction);
            check(
                    Set.of("f32", "bf16", "fp16").contains(precision),
                    "precision '%s': give f32, bf16 or fp16",
                    precision);
            check(device.matches("cpu|cuda:\\d{1,2}"), "device '%s': give cpu or cuda:0, cuda:1, …", device);
        }

        /** @throws giga.diffusion.ModelException when the model, or what goes with it, cannot be used here */
        public StableDiffusion load() {
            Optional<Path> ownVae = vae.isEmpty() ? Optional.empty() : Optional.of(Path.of(vae));
            Optional<Prediction> told = switch (prediction) {
                case "eps" -> Optional.of(Prediction.EPS);
                case "v" -> Optional.of(Prediction.V);
                default -> Optional.empty();
            };
            return StableDiffusion.load(Path.of(path), Placement.of(device, precision), new ModelOptions(ownVae, told));
        }
    }

    /**
     * Positive and negative prompt in A1111's grammar.
     *
     * @param clipSkip 1 uses the text encoder's last layer
     * @param emphasis how weights act: Original, No norm, Ignore or None
     */
    public record Prompts(String prompt, String negative, int clipSkip, String emphasis) {
        public Prompts {
            given("prompt", prompt);
            given("negative prompt", negative);
            given("emphasis", emphasis);
            Emphasis.byName(emphasis);
            check(clipSkip >= 1 && clipSkip <= 12, "clip skip %d: give 1 (the last layer) to 12", clipSkip);
        }
    }

    /**
     * @param sampler a sampler's name as A1111 shows it, for example "DPM++ SDE"
     * @param scheduler "Automatic", "Karras", "Exponential", …
     * @param steps of the whole schedule; denoise decides how many are run (A1111's rule)
     * @param cfg classifier-free guidance scale; only exactly 1 skips the unconditional call, and with it the negative prompt
     * @param denoise denoise strength, 0 to 1; even 0 runs the last step
     */
    public record Sampling(String sampler, String scheduler, int steps, double cfg, double denoise, Tuning tuning) {
        public Sampling {
            given("sampler", sampler);
            given("scheduler", scheduler);
            given("tuning", tuning);
            check(steps >= 1 && steps <= 1000, "steps %d: give 1 to 1000", steps);
            check(cfg >= 0 && cfg <= 100, "cfg %s: give 0 to 100", cfg);
            check(
                    denoise >= 0 && denoise <= 1,
                    "denoise %s: give 0 (only the last step is run) to 1 (all is drawn anew)",
                    denoise);
        }

        public Sampling withDenoise(double strength) {
            return new Sampling(sampler, scheduler, steps, cfg, strength, tuning);
        }

        /** @throws giga.diffusion.ModelException when a name is unknown, or a number out of range */
        public giga.diffusion.Sampling resolved() {
            return new giga.diffusion.Sampling(
                    Sampler.byName(sampler),
                    Scheduler.byName(scheduler),
                    steps,
                    denoise,
                    tuning.guidance(cfg),
                    tuning.options());
        }
    }

    /**
     * What samplers and guidance can be told beside; ranges are those of {@link giga.diffusion.sampler.SamplerOptions} and
     * {@link giga.diffusion.sampler.Guidance}.
     *
     * @param eta share of new noise in a step; -1 for the sampler's own
     * @param churn s_churn
     * @param noise s_noise
     * @param sigmaMin lowest sigma above 0; 0 is the model's
     * @param sigmaMax highest sigma; 0 is the model's
     * @param cfgRescale how much of the conditional output's contrast comes back, 0 to 1
     * @param cfgFrom guidance begins at this sigma; 0 for at once
     * @param cfgTo guidance ends at this sigma; 0 for never
     * @param skipBelow s_min_uncond: below this sigma every second call goes without guidance; 0 for none
     */
    public record Tuning(
            double eta,
            double churn,
            double noise,
            double sigmaMin,
            double sigmaMax,
            double cfgRescale,
            double cfgFrom,
            double cfgTo,
            double skipBelow) {
        /** A1111's defaults. */
        public static final Tuning NONE = new Tuning(-1, 0, 1, 0, 0, 0, 0, 0, 0);

        private Guidance guidance(double cfg) {
            return Guidance.of(cfg)
                    .withRescale(cfgRescale)
                    .within(cfgTo, cfgFrom == 0 ? Double.POSITIVE_INFINITY : cfgFrom)
                    .withSkips(0, skipBelow, false);
        }

        private SamplerOptions options() {
            SamplerOptions options = SamplerOptions.DEFAULT
                    .withChurn(new SamplerOptions.Churn(churn, 0, Double.POSITIVE_INFINITY))
                    .withNoise(noise)
                    .withSpacing(new SamplerOptions.Spacing(sigmaMin, sigmaMax, 0, false));
            return eta == -1 ? options : options.withEta(eta);
        }
    }

    /**
     * @param seed of all noise
     * @param variationSeed whose noise is mixed into the start, with A1111's kinds
     * @param variationStrength how much of it, 0 to 1
     * @param resizeFromWidth of the picture, in pixels, whose start is kept in the middle, with A1111's kinds; 0 for none
     * @param resizeFromHeight its height
     * @param etaSeedDelta ENSD: what A1111 adds to the seed after the start; 0 for nothing
     */
    public record Noise(
            Kind kind,
            long seed,
            long variationSeed,
            double variationStrength,
            int resizeFromWidth,
            int resizeFromHeight,
            long etaSeedDelta) {
        /** A seed with its variation, and no more. */
        public Noise(Kind kind, long seed, long variationSeed, double variationStrength) {
            this(kind, seed, variationSeed, variationStrength, 0, 0, 0);
        }

        public Noise {
            given("noise", kind);
            check(kind == Kind.POSITION || seed >= 0, "seed %d: A1111's noise has seeds from 0 on", seed);
            check(
                    variationStrength >= 0 && variationStrength <= 1,
                    "variation strength %s: give 0 (none) to 1",
                    variationStrength);
            check(
                    kind != Kind.POSITION || variationStrength == 0,
                    "a variation needs A1111's noise: give --noise a1111 or a1111-gpu");
            check(
                    resizeFromWidth >= 0
                            && resizeFromHeight >= 0
                            && resizeFromWidth <= 32768
                            && resizeFromHeight <= 32768
                            && (resizeFromWidth == 0) == (resizeFromHeight == 0),
                    "seed resize %dx%d: give the size of the picture that the seed is known from, for example 512x768",
                    resizeFromWidth,
                    resizeFromHeight);
            check(
                    kind != Kind.POSITION || resizeFromWidth == 0 && etaSeedDelta == 0,
                    "a resized seed and ENSD belong to A1111's noise: give --noise a1111 or a1111-gpu");
        }

        /** The same kind of noise from other seeds. */
        public Noise withSeeds(long newSeed, long newVariationSeed) {
            return new Noise(
                    kind,
                    newSeed,
                    newVariationSeed,
                    variationStrength,
                    resizeFromWidth,
                    resizeFromHeight,
                    etaSeedDelta);
        }

        /** Where noise comes from. */
        public enum Kind {
            /** From a pixel's place in the picture: neighbouring tiles agree where they overlap. */
            POSITION,
            /** As A1111's "CPU" gives it to one picture. */
            A1111,
            /** As A1111's "GPU" and "NV" give it to one picture. */
            A1111_GPU;

            /** @throws JobException when there is none of this name */
            public static Kind of(String name) {
                for (Kind kind : values()) if (kind.toString().equalsIgnoreCase(name.strip())) return kind;
                throw new JobException("noise '%s': give %s"
                        .formatted(name, Stream.of(values()).map(Kind::toString).collect(Collectors.joining(", "))));
            }

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }

    /**
     * @param file absolute
     * @param text weight in the text encoders
     * @param unet weight in the UNet
     * @param dim the rank to cut it to; 0 for all of it
     * @param pass the pass that it acts in, from 1; 0 for all passes
     */
    public record Lora(String file, double text, double unet, int dim, int pass) {
        private static final double MOST = 100;

        public Lora {
            given("LoRA", file);
            check(
                    Math.abs(text) <= MOST && Math.abs(unet) <= MOST,
                    "LoRA %s at %s:%s: give weights from -100 to 100",
                    file,
                    text,
                    unet);
            check(dim >= 0, "LoRA %s cut to rank %d: give 1 or more, or nothing for all of it", file, dim);
            check(pass >= 0 && pass <= 16, "LoRA %s in pass %d: give 1 to 16", file, pass);
        }
    }
}
