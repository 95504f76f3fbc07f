package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All measures of one redrawn picture. Reads region by region: any picture takes the same few megabytes.
 *
 * @param seams along the borders of the tiles
 * @param control the same measure inside the tiles
 */
public record Inspection(
        Coverage coverage,
        SeamScore seams,
        SeamScore control,
        Fidelity fidelity,
        Detail detail,
        ToneDrift drift,
        Texture texture) {
    /** As {@link #of(Picture, Picture, List, List, Consumer)}, for those who do not draw the seams. */
    public static Inspection of(Picture result, Picture source, List<Region> cores) {
        return of(result, source, cores, cores, _ -> {});
    }

    /**
     * @param result the redrawn picture
     * @param source what was redrawn, at most as large
     * @param cores of the tiles of the pass that made the result
     * @param drawn what was drawn of it: the same, but for a pass that drew nothing but seams
     * @param segments given every segment of the seams
     * @throws PictureException when the result is smaller than the source, or a picture cannot be read
     */
    public static Inspection of(
            Picture result,
            Picture source,
            List<Region> cores,
            List<Region> drawn,
            Consumer<SeamScore.Segment> segments) {
        return new Inspection(
                Coverage.of(result.bounds(), drawn),
                SeamScore.of(result, cores, segments),
                SeamScore.control(result, cores),
                Fidelity.of(result, source, _ -> {}),
                Detail.of(result, source),
                ToneDrift.of(result, source, _ -> {}),
                Texture.of(result, _ -> {}));
    }

    /** One line for each measure. */
    public String text() {
        String inside =
                String.format(Locale.ROOT, " (inside the tiles %.3f and %.3f)", control.mean(), control.percentile99());
        return String.join(
                "\n",
                coverage.text(),
                seams.text() + inside + worst(),
                fidelity.text(),
                detail.text(),
                drift.text(),
                texture.text());
    }

    private String worst() {
        return seams.worst().stream()
                .limit(3)
                .map(segment -> String.format(Locale.ROOT, "%.2f at %s", segment.score(), segment.where()))
                .reduce((a, b) -> a + ", " + b)
                .map(places -> "\nworst seams " + places)
                .orElse("");
    }

    /** The figures by name, for JSON: finite numbers, and lists of places. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("coverage", coverage.share());
        figures.put("overlapping_pixels", coverage.overlapping());
        figures.put("seam_mean", seams.mean());
        figures.put("seam_p99", seams.percentile99());
        figures.put("seam_segments", seams.segments());
        figures.put("seam_worst", seams.worst().stream().map(Inspection::place).toList());
        figures.put("control_mean", control.mean());
        figures.put("control_p99", control.percentile99());
        figures.put("psnr_db", fidelity.psnr());
        figures.put("detail_ratio", detail.ratio());
        figures.put("tone_drift_mean", drift.mean());
        figures.put("tone_drift_red", drift.meanRed());
        figures.put("tone_drift_green", drift.meanGreen());
        figures.put("tone_drift_blue", drift.meanBlue());
        figures.put(
                "tone_drift_worst",
                drift.worst().stream().map(Inspection::place).toList());
        figures.putAll(texture.figures());
        return figures;
    }

    private static Map<String, Object> place(SeamScore.Segment segment) {
        Map<String, Object> place = place(segment.where());
        place.put("score", segment.score());
        return place;
    }

    private static Map<String, Object> place(ToneDrift.Drift drift) {
        Map<String, Object> place = place(drift.where());
        place.put("grey", drift.grey());
        place.put("red", drift.red());
        place.put("green", drift.green());
        place.put("blue", drift.blue());
        return place;
    }

    private static Map<String, Object> place(Region where) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("x", where.x());
        place.put("y", where.y());
        place.put("width", where.width());
        place.put("height", where.height());
        return place;
    }
}
