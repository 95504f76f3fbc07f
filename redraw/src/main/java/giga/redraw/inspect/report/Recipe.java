package giga.redraw.inspect.report;

import giga.redraw.Diffusion;
import giga.redraw.Join;
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
        Diffusion diffusion = request.diffusion();
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
        words.put("Tiles", tiles());
        if (request.seams().mode() != Seams.Mode.NONE) words.put("Seams", seams());
        words.put("Work", work());
        return words;
    }

    private String enlargement() {
        int passes = request.passes().count();
        String each =
                request.passes().scale() == 1 ? "none" : number(request.passes().scale()) + " times";
        String size = ", to " + size(plan.canvas().width(), plan.canvas().height());
        return passes == 1 ? each + ", one pass" + size : each + " in each of " + passes + " passes" + size;
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

    private String tiles() {
        Request.Tiling tiling = request.tiling();
        if (!request.passes().redraw()) return "not drawn, seams only";
        String joined = tiling.join() == Join.PIXELS
                ? "blended over %d px, in the order %s".formatted(tiling.blur(), tiling.order())
                : "joined inside the sampler (%s)".formatted(tiling.join());
        return "%d px and %d px of padding, layout %s, %s, tone lock %d px"
                .formatted(tiling.tile(), tiling.padding(), tiling.layout(), joined, tiling.toneLock());
    }

    private String seams() {
        Seams seams = request.seams();
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
