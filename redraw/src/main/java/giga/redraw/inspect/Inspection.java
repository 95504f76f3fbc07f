package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * All measures of one redrawn picture. Reads region by region: any picture takes the same few megabytes.
 *
 * @param seams along the borders of the tiles
 * @param control the same measure inside the tiles
 */
public record Inspection(Coverage coverage, SeamScore seams, SeamScore control, Fidelity fidelity, Detail detail) {
    /**
     * @param result the redrawn picture
     * @param source what was redrawn, at most as large
     * @param cores of the tiles of the pass that made the result
     * @param rowsDone called with the count of finished rows of the source; may throw to stop
     * @throws PictureException when the result is smaller than the source, or a picture cannot be read
     */
    public static Inspection of(Picture result, Picture source, List<Region> cores, IntConsumer rowsDone) {
        return new Inspection(
                Coverage.of(result.bounds(), cores),
                SeamScore.of(result, cores),
                SeamScore.control(result, cores),
                Fidelity.of(result, source, rowsDone),
                Detail.of(result, source));
    }

    /** One line for each measure. */
    public String text() {
        String inside =
                String.format(Locale.ROOT, " (inside the tiles %.3f and %.3f)", control.mean(), control.percentile99());
        return String.join("\n", coverage.text(), seams.text() + inside, fidelity.text(), detail.text());
    }

    /** The figures by name, for JSON: finite numbers only. */
    public Map<String, Number> figures() {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("coverage", coverage.share());
        figures.put("overlapping_pixels", coverage.overlapping());
        figures.put("seam_mean", seams.mean());
        figures.put("seam_p99", seams.percentile99());
        figures.put("seam_segments", seams.segments());
        figures.put("control_mean", control.mean());
        figures.put("control_p99", control.percentile99());
        figures.put("psnr_db", fidelity.psnr());
        figures.put("detail_ratio", detail.ratio());
        return figures;
    }
}
