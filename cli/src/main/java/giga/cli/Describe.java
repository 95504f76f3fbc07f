package giga.cli;

import giga.canvas.Region;
import giga.diffusion.lora.LoraSummary;
import giga.diffusion.upscale.Upscaler;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.Embedding;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.ModelSummary;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.PredictionSource;
import giga.redraw.Diffusion;
import giga.redraw.Plan;
import giga.redraw.Request;
import giga.redraw.job.Job;
import giga.redraw.run.Stage;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Jobs and stages in words. */
final class Describe {
    private Describe() {}

    static String job(Job job) {
        Request request = job.request();
        Plan plan = job.plan();
        Diffusion drawn = request.passes().getLast().diffusion();
        Diffusion.Sampling s = drawn.sampling();
        Region size = request.result().size(plan.canvas());
        return "%s %dx%d -> %s %dx%d: %s, %s, %s%n%s %s, %d steps, denoise %s, cfg %s, seed %d, %s"
                .formatted(
                        Path.of(request.input()).getFileName(),
                        plan.sourceWidth(),
                        plan.sourceHeight(),
                        Path.of(request.output()).getFileName(),
                        size.width(),
                        size.height(),
                        plan.passes().size() == 1 ? "1 pass" : plan.passes().size() + " passes",
                        count(plan.tileCount(), "tile"),
                        count(request.unetCalls(plan), "UNet call"),
                        ModelLibrary.name(Path.of(drawn.model().path())) + ",",
                        s.sampler() + " " + s.scheduler(),
                        s.steps(),
                        denoise(request),
                        s.cfg(),
                        drawn.noise().seed(),
                        drawn.model().precision());
    }

    private static String denoise(Request request) {
        return request.passes().stream()
                .map(pass -> String.valueOf(pass.diffusion().sampling().denoise()))
                .distinct()
                .collect(Collectors.joining(", then "));
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    static String stage(Stage stage) {
        return switch (stage.kind()) {
            case DECODE -> "reading";
            case ENLARGE -> "enlarging";
            case DRAW -> "picture %d".formatted(stage.pass() + 1);
            case ENCODE -> "pass %d, encoding".formatted(stage.pass() + 1);
            case SAMPLE -> "pass %d, call %d".formatted(stage.pass() + 1, stage.phase());
            case REDRAW -> "pass %d, %s".formatted(stage.pass() + 1, stage.name());
            case SETTLE -> "blending";
            case EXPORT -> "writing";
            case FETCH -> "fetching";
            case VERIFY -> "checking";
            case MEASURE -> "measuring";
        };
    }

    static String model(ModelSummary model) {
        StringBuilder text = new StringBuilder();
        text.append("%s: %s, %s%n".formatted(model.name(), model.kind(), size(model.bytes())));
        model.architecture()
                .ifPresent(a -> text.append("prediction %s%n%d latent channels, %s autoencoder%n"
                        .formatted(
                                prediction(a, model.prediction().orElseThrow()),
                                a.latentChannels(),
                                a.autoencoder() == Autoencoder.TINY ? "tiny" : "KL")));
        model.vae().ifPresent(vae -> text.append("autoencoder from %s%n".formatted(vae)));
        for (ModelSummary.Part part : model.parts())
            text.append("  %-16s %5d tensors, %7.1f M parameters, %s%n"
                    .formatted(part.name(), part.tensors(), part.parameters() / 1e6, listed(part.dtypes())));
        String verdict = model.isAutoencoder() ? "no model by itself: " : "not supported: ";
        text.append(model.refusal().map(why -> verdict + why).orElse("supported"));
        return text.toString();
    }

    static String embedding(ModelSummary file, Embedding embedding) {
        return "%s: %s, %s%n%s, %s%nsupported"
                .formatted(
                        embedding.name(),
                        file.kind(),
                        size(file.bytes()),
                        count(embedding.vectors(), "vector"),
                        embedding.describe());
    }

    /** Small files, such as LoRAs, are not 0 MB. */
    static String size(long bytes) {
        return bytes < 1_000_000 ? "%.0f kB".formatted(bytes / 1e3) : "%.0f MB".formatted(bytes / 1e6);
    }

    private static String prediction(Architecture architecture, PredictionSource source) {
        return source == PredictionSource.UNKNOWN
                ? "EPS or V, " + source.title()
                : "%s, %s%s"
                        .formatted(
                                architecture.prediction(),
                                source.title(),
                                architecture.zeroTerminalSnr() ? "; the schedule ends in pure noise" : "");
    }

    static String upscaler(Path file) {
        return "%s: an upscaler, %s%nsupported".formatted(ModelLibrary.name(file), Upscaler.describe(file));
    }

    static String lora(LoraSummary lora) {
        StringBuilder text = new StringBuilder();
        String kinds = lora.kinds().entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        text.append("%s: a LoRA for %s, %s%n".formatted(lora.name(), lora.base().title(), size(lora.bytes())));
        text.append("%d layers of the UNet, %d of the text encoders: %s%n"
                .formatted(lora.unetLayers(), lora.textLayers(), kinds));
        if (!lora.ranks().isEmpty())
            text.append("rank %s, alpha %s%n".formatted(listed(lora.ranks()), listed(lora.alphas())));
        lora.training().forEach((key, value) -> text.append("  %-22s %s%n".formatted(key, Names.show(value))));
        if (!lora.tags().isEmpty())
            text.append("  most frequent tags     %s%n"
                    .formatted(lora.tags().entrySet().stream()
                            .map(tag -> Names.show(tag.getKey()) + " " + tag.getValue())
                            .collect(Collectors.joining(", "))));
        if (lora.unknown() > 0)
            text.append("%s of formats that are not read here%n".formatted(count(lora.unknown(), "tensor")));
        if (lora.bundlesEmbeddings()) text.append("embeddings in the file, which are not read%n".formatted());
        return text.append("supported").toString();
    }

    private static String listed(SortedSet<? extends Number> numbers) {
        return numbers.stream()
                .map(number -> "%.6g".formatted(number.doubleValue()).replaceFirst("\\.?0+$", ""))
                .collect(Collectors.joining(", "));
    }

    private static String listed(Set<DType> things) {
        return things.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
    }
}
