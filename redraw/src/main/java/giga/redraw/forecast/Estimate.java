package giga.redraw.forecast;

import giga.redraw.Pass;
import giga.redraw.Phase;
import giga.redraw.Plan;
import giga.redraw.PlanJson;
import giga.redraw.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a plan will take.
 *
 * @param unetCalls evaluations of the UNet for one latent
 * @param teraflop of all of them; empty where the model was not run
 * @param seconds of the whole redraw
 * @param peakMebibytes of resident memory
 * @param diskBytes that the job needs at most at one time, without the result's file
 */
public record Estimate(
        int tiles,
        long unetCalls,
        double networkMegapixels,
        Optional<Double> teraflop,
        Optional<Double> seconds,
        Optional<Long> peakMebibytes,
        long diskBytes) {

    public static Estimate of(Plan plan, Request request, Optional<Trial> trial) {
        long calls = request.unetCalls(plan);
        return new Estimate(
                plan.tileCount(),
                calls,
                plan.networkMegapixels(),
                trial.map(tried -> tried.networks().teraflop(plan, request)),
                trial.map(tried -> tried.seconds(plan, request)),
                trial.map(tried -> tried.peakMebibytes(plan)),
                request.peakDiskBytes(plan));
    }

    /** For people. */
    public String text(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Pass pass : plan.passes()) {
            text.append("pass %d: %dx%d, %s ("
                    .formatted(pass.number() + 1, pass.width(), pass.height(), tiles(pass.tileCount())));
            text.append(String.join(
                    ", ", pass.phases().stream().map(Estimate::phase).toList()));
            text.append(")\n");
        }
        text.append("all: %s, %d UNet calls, %.1f Mpx through the networks"
                .formatted(tiles(tiles), unetCalls, networkMegapixels));
        teraflop.ifPresent(value -> text.append(String.format(Locale.ROOT, ", %.1f TFLOP", value)));
        seconds.ifPresent(value -> text.append("\ntime: about ").append(spoken(value)));
        peakMebibytes.ifPresent(
                value -> text.append("\nmemory: about ").append(value).append(" MiB"));
        text.append(String.format(Locale.ROOT, "%ndisk: %.1f MB while it runs", diskBytes / 1e6));
        return text.toString();
    }

    /** The plan with every tile, and this estimate. */
    public String json(Plan plan) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = (ObjectNode) mapper.readTree(PlanJson.write(plan));
        ObjectNode estimate = root.putObject("estimate");
        estimate.put("tiles", tiles);
        estimate.put("unetCalls", unetCalls);
        estimate.put("networkMegapixels", networkMegapixels);
        teraflop.ifPresent(value -> estimate.put("teraflop", value));
        seconds.ifPresent(value -> estimate.put("seconds", value));
        peakMebibytes.ifPresent(value -> estimate.put("peakMebibytes", value));
        estimate.put("diskBytes", diskBytes);
        return mapper.writeValueAsString(root);
    }

    private static String tiles(int count) {
        return count + (count == 1 ? " tile" : " tiles");
    }

    private static String phase(Phase phase) {
        return phase.name() + " " + phase.tiles().size();
    }

    private static String spoken(double seconds) {
        Duration duration = Duration.ofSeconds(Math.round(Math.ceil(seconds)));
        if (duration.toHours() > 0) return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        if (duration.toMinutes() > 0) return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        return duration.toSeconds() + " s";
    }
}
