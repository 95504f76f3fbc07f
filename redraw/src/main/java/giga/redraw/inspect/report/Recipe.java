package giga.redraw.inspect.report;

import giga.canvas.Region;
import giga.redraw.Diffusion;
import giga.redraw.Join;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Request;
import giga.redraw.Request.Seams;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a picture was made, in words; texts as they were given, not yet fit for a page. */
record Recipe(Request request, Plan plan) {
    /** What by its name, in the order of reading. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        // What shows in the end is the last pass' work.
        PassSettings last = request.passes().getLast();
        Diffusion diffusion = last.diffusion();
        words.put("Source", name(request.input()) + ", " + size(plan.sourceWidth(), plan.sourceHeight()));
        words.put("Enlargement", enlargement());
        words.put(
                "Model",
                name(diffusion.model().path()) + ", " + diffusion.model().precision());
        if (!diffusion.prompts().prompt().isBlank())
            words.put("Prompt", diffusion.prompts().prompt());
        if (!diffusion.prompts().negative().isBlank())
            words.put("Negative prompt", diffusion.prompts().negative());
        if (!diffusion.loras().isEmpty())
            words.put(
                    "LoRAs",
                    diffusion.loras().stream()
                            .map(lora -> lora.file().toString())
                            .map(Recipe::name)
                            .collect(Collectors.joining(", ")));
        words.put("Sampling", sampling(diffusion.sampling()));
        if (differ()) words.put("Denoise by pass", denoise());
        words.put("Tiles", tiles(last));
        if (last.seams().mode() != Seams.Mode.NONE) words.put("Seams", seams(last.seams()));
        words.put("Work", work());
        return words;
    }

    private String enlargement() {
        int passes = request.passes().size();
        double scale = request.passes().getLast().scale();
        String each = scale == 1 ? "none" : number(scale) + " times";
        Region result = request.result().size(plan.canvas());
        String size = ", to " + size(result.width(), result.height());
        return passes == 1 ? each + ", one pass" + size : each + " in each of " + passes + " passes" + size;
    }

    private boolean differ() {
        return request.passes().stream()
                        .map(pass -> pass.diffusion().sampling().denoise())
                        .distinct()
                        .count()
                > 1;
    }

    private String denoise() {
        return request.passes().stream()
                .map(pass -> number(pass.diffusion().sampling().denoise()))
                .collect(Collectors.joining(", "));
    }

    private static String sampling(Diffusion.Sampling sampling) {
        return "%s, schedule %s, %d steps, guidance %s, denoise %s"
                .formatted(
                        sampling.sampler(),
                        sampling.scheduler(),
                        sampling.steps(),
                        number(sampling.cfg()),
                        number(sampling.denoise()));
    }

    private static String tiles(PassSettings pass) {
        Request.Tiling tiling = pass.tiling();
        if (!pass.redraw()) return "not drawn, seams only";
        String joined = tiling.join() == Join.PIXELS
                ? "blended over %d px, in the order %s".formatted(tiling.blur(), tiling.order())
                : "joined inside the sampler (%s)".formatted(tiling.join());
        return "%d px and %d px of padding, layout %s, %s, tone lock %d px"
                .formatted(tiling.tile(), tiling.padding(), tiling.layout(), joined, tiling.toneLock());
    }

    private static String seams(Seams seams) {
        return "%s, %d px wide, denoise %s, padding %d px, blur %d px"
                .formatted(seams.mode(), seams.width(), number(seams.denoise()), seams.padding(), seams.blur());
    }

    private String work() {
        return "%d tiles, %d UNet calls".formatted(plan.tileCount(), request.unetCalls(plan));
    }

    private static String name(String path) {
        return Path.of(path).getFileName().toString();
    }

    static String size(int width, int height) {
        return width + " \u00d7 " + height + " pixels";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
