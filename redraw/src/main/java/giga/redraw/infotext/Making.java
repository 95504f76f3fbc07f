package giga.redraw.infotext;

import giga.diffusion.text.Prompt;
import giga.diffusion.weights.ModelLibrary;
import giga.redraw.Diffusion;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * How a picture came about, told as A1111 tells it.
 *
 * @param img2img whether the denoise strength was of account
 * @param extra fields behind A1111's own
 * @param version of the program, for example "giga 0.1.0"
 */
public record Making(
        Diffusion diffusion,
        int width,
        int height,
        boolean img2img,
        SequencedMap<String, String> extra,
        String version) {
    /** Noise keyed by position has no name in A1111. */
    static final String NOISE = "Noise";

    public static final String SEED = "Seed";
    public static final String VARIATION_SEED = "Variation seed";

    public Infotext infotext(FileHashes hashes) {
        Diffusion.Sampling sampling = diffusion.sampling();
        Diffusion.Prompts prompts = diffusion.prompts();
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put("Steps", String.valueOf(sampling.steps()));
        fields.put("Sampler", sampling.sampler());
        fields.put("Schedule type", sampling.scheduler());
        fields.put("CFG scale", number(sampling.cfg()));
        fields.put(SEED, String.valueOf(diffusion.noise().seed()));
        fields.put("Size", width + "x" + height);
        putModels(fields, hashes);
        if (diffusion.noise().variationStrength() > 0) {
            fields.put(VARIATION_SEED, String.valueOf(diffusion.noise().variationSeed()));
            fields.put("Variation seed strength", number(diffusion.noise().variationStrength()));
        }
        if (diffusion.noise().resizeFromWidth() > 0)
            fields.put(
                    "Seed resize from",
                    diffusion.noise().resizeFromWidth() + "x"
                            + diffusion.noise().resizeFromHeight());
        if (diffusion.noise().etaSeedDelta() != 0)
            fields.put("ENSD", String.valueOf(diffusion.noise().etaSeedDelta()));
        if (img2img) fields.put("Denoising strength", number(sampling.denoise()));
        if (prompts.clipSkip() > 1) fields.put("Clip skip", String.valueOf(prompts.clipSkip()));
        if (!prompts.emphasis().equalsIgnoreCase("Original")) fields.put("Emphasis", prompts.emphasis());
        switch (diffusion.noise().kind()) {
            case POSITION -> fields.put(NOISE, "position");
            case A1111 -> fields.put("RNG", "CPU");
            case A1111_GPU -> fields.put("RNG", "NV");
        }
        TuningFields.put(sampling, fields);
        if (!diffusion.loras().isEmpty()) fields.put("Lora hashes", loraHashes(diffusion.loras(), hashes));
        extra.forEach(fields::putIfAbsent);
        fields.put("Version", version);
        return new Infotext(promptWithLoras(), prompts.negative().strip(), fields);
    }

    /** LoRAs that came by options are told in A1111's way, so that the text alone is enough to make the picture again. */
    private String promptWithLoras() {
        String prompt = diffusion.prompts().prompt().strip();
        int named = Prompt.parse(prompt).loras().size();
        return diffusion.loras().stream()
                .skip(named)
                // A tag would act in every pass.
                .filter(lora -> lora.pass() == 0)
                .map(Making::tag)
                .reduce(prompt, (text, tag) -> text.isEmpty() ? tag : text + " " + tag);
    }

    private static String tag(Diffusion.Lora lora) {
        String name = ModelLibrary.name(Path.of(lora.file()));
        String unet = lora.unet() == lora.text() ? "" : ":" + number(lora.unet());
        return "<lora:" + name + ":" + number(lora.text()) + unet + ">";
    }

    private void putModels(Map<String, String> fields, FileHashes hashes) {
        Path model = Path.of(diffusion.model().path());
        hashes.model(model).ifPresent(hash -> fields.put("Model hash", hash));
        fields.put("Model", ModelLibrary.name(model));
        if (diffusion.model().vae().isEmpty()) return;
        Path vae = Path.of(diffusion.model().vae());
        hashes.model(vae).ifPresent(hash -> fields.put("VAE hash", hash));
        fields.put("VAE", vae.getFileName().toString());
    }

    private static String loraHashes(List<Diffusion.Lora> loras, FileHashes hashes) {
        return loras.stream()
                .map(Diffusion.Lora::file)
                .distinct()
                .map(Path::of)
                .map(file -> ModelLibrary.name(file) + ": " + hashes.lora(file))
                .collect(Collectors.joining(", "));
    }

    /** Without the fraction that A1111's own page does not write either. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
