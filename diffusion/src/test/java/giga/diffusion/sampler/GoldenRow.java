package giga.diffusion.sampler;

import giga.diffusion.GoldenFiles;
import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.sampler.SamplerOptions.Spacing;
import giga.diffusion.sampler.SamplerOptions.Start;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A case of the sampler goldens; its settings stand in its id. "s_churn" is left out: the reference's calls in those
 * rows are at the schedule's sigmas, so it did not churn.
 */
record GoldenRow(JsonNode json) {
    @Override
    public String toString() {
        return json.get("id").stringValue();
    }

    Prediction prediction() {
        return json.get("prediction").stringValue().equals("v") ? Prediction.V : Prediction.EPS;
    }

    boolean isImg2img() {
        return json.has("denoise");
    }

    double tolerance() {
        return 1e-4 + 10 * json.get("f32_minus_f64_max").doubleValue();
    }

    /** These were always guided, with c = 1 and scale 7: without guidance there is nothing to see. */
    private boolean isPlusPlus() {
        return sampler() == Sampler.DDIM_CFG_PP;
    }

    NoiseSchedule schedule() {
        return new NoiseSchedule(0.00085, 0.012, json.path("zsnr").asBoolean(false), Family.SD1);
    }

    AnalyticNetwork network() {
        if (json.has("cond")) return AnalyticNetwork.of(prediction(), json.get("cond"));
        return AnalyticNetwork.of(prediction(), isPlusPlus() ? 1 : 0);
    }

    /** What the network was given in each call, more than once where it was evaluated more than once. */
    float[] timestepsOfCall(int call) {
        JsonNode given = json.get("network_t").get(call);
        boolean once = !given.isArray() || given.size() == 2 && sampling().cfg() == 1;
        return once
                ? new float[] {given.isArray() ? given.get(0).floatValue() : given.floatValue()}
                : GoldenFiles.floats(given);
    }

    /** Whether the run sits on a rounding edge, where the network is to be given the listed timesteps. */
    boolean hasTies() {
        return toString().equals("LCM|eps|5");
    }

    PromptedNetwork atListedTimesteps(PromptedNetwork network) {
        return new PromptedNetwork() {
            @Override
            public List<Double> weights() {
                return network.weights();
            }

            @Override
            public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
                return network.predict(x, timestepsOfCall(call)[0], call, unconditional);
            }
        };
    }

    int calls() {
        return json.get("calls").size();
    }

    Optional<LatentMask> mask(Planes latents) {
        if (!json.has("keep_mask_8x8")) return Optional.empty();
        Planes kept = new Planes(latents.batch(), latents.channels(), latents.height(), latents.width());
        for (int i = 0; i < kept.values().length; i++)
            kept.values()[i] =
                    json.get("keep_mask_8x8").get(i / 8 % 8).get(i % 8).floatValue();
        return Optional.of(new LatentMask(latents, kept));
    }

    Sampler sampler() {
        return Sampler.byName(json.get("sampler").stringValue());
    }

    Sampling sampling() {
        return new Sampling(
                sampler(),
                Scheduler.byName(json.get("scheduler").stringValue()),
                json.get("steps").intValue(),
                isImg2img() ? json.get("denoise").doubleValue() : 1,
                guidance(),
                options());
    }

    private Guidance guidance() {
        Guidance guidance = Guidance.of(json.path("scale").asDouble(isPlusPlus() ? 7 : 1));
        if (has("NGMS 2.0")) guidance = guidance.withSkips(0, 2, false);
        if (has("skip_early_cond 0.3")) guidance = guidance.withSkips(0.3, 0, false);
        return guidance;
    }

    private SamplerOptions options() {
        SamplerOptions options = SamplerOptions.DEFAULT;
        if (json.has("eta")) options = options.withEta(json.get("eta").doubleValue());
        if (has("rho 5, sigma_min 0.1, sigma_max 10")) options = options.withSpacing(new Spacing(0.1, 10, 5, false));
        if (has("always_discard_next_to_last_sigma")) options = options.withSpacing(new Spacing(0, 0, 0, true));
        if (has("sgm_noise_multiplier")) options = options.withStart(new Start(1, 0, true, false));
        if (has("extra_noise 0.1")) options = options.withStart(new Start(1, 0.1, false, false));
        if (has("fix_steps")) options = options.withStart(new Start(1, 0, false, true));
        if (has("|order ")) options = options.withUniPc(uniPc(toString()));
        return options;
    }

    private static UniPcOptions uniPc(String id) {
        String[] words = id.substring(id.indexOf("|order ") + 7).split(", ");
        return new UniPcOptions(
                Integer.parseInt(words[0]),
                UniPcOptions.Variant.valueOf(words[1].toUpperCase(Locale.ROOT)),
                words[2].equals("logSNR")
                        ? UniPcOptions.Grid.LOG_SNR
                        : UniPcOptions.Grid.valueOf(words[2].toUpperCase(Locale.ROOT)),
                true);
    }

    private boolean has(String setting) {
        return toString().contains(setting);
    }
}
