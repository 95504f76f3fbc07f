package giga.redraw.inspect.map;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.redraw.Phase;
import giga.redraw.Tile;
import giga.redraw.inspect.Comparison;
import giga.redraw.inspect.SeamScore;
import giga.redraw.inspect.ToneDrift;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Maps of what was measured, each drawn over the picture reduced to 1600 pixels, grey and dimmed, with a legend below.
 *
 * @param picture whose places are meant
 * @param reduced the same picture, small, in colour
 */
public record PictureMaps(Region picture, Pixels reduced) {
    /** Scores of seams that have the last colour, four times what lies beside them. */
    private static final double WORST_SEAM = 4;

    private static final int LINE = 4;
    private static final int LEAST_SPAN = 2;
    private static final List<Colour> PHASES = List.of(
            Colour.of(0x4C9BE8), Colour.of(0xF2A33A), Colour.of(0x57B86B), Colour.of(0xD667A8), Colour.of(0xC9C44B));

    /** Reads the picture once. */
    public static PictureMaps of(Picture picture) {
        return new PictureMaps(picture.bounds(), Sketch.reduced(picture));
    }

    /** A map to which segments are added one by one. */
    public SeamMap seams() {
        return new SeamMap();
    }

    /** Segments in colours that go from 1, invisible, to 4, evenly in their logarithm. */
    public final class SeamMap {
        private final Sketch sketch = Sketch.of(picture, reduced);

        private SeamMap() {
            sketch.legend(ColourScale.ALARM, "1", "1.4", "2", "2.8", "4+");
        }

        public void add(SeamScore.Segment segment) {
            double place = Math.log(segment.score()) / Math.log(WORST_SEAM);
            sketch.fill(sketch.at(segment.line(), LINE), ColourScale.ALARM.at(place), 1);
        }

        public Pixels pixels() {
            return sketch.pixels();
        }
    }

    /** What each tile is responsible for, with its number; one colour for each phase, those of seams as frames. */
    public Pixels tiles(List<Phase> phases) {
        Sketch sketch = Sketch.of(picture, reduced);
        for (int i = 0; i < phases.size(); i++) {
            Colour colour = phase(i);
            for (Tile tile : phases.get(i).tiles()) {
                Region where = sketch.at(tile.core(), 1);
                boolean drawn = phases.get(i).kind().draws();
                if (drawn) sketch.fill(where, colour, 0.4);
                sketch.frame(where, colour, 1);
                if (drawn) sketch.number(Integer.toString(tile.index()), where, Colour.WHITE);
            }
        }
        sketch.legend(
                IntStream.range(0, phases.size()).mapToObj(PictureMaps::phase).toArray(Colour[]::new));
        return sketch.pixels();
    }

    /** The colour of a phase on the map of tiles. */
    public static Colour phase(int index) {
        return PHASES.get(index % PHASES.size());
    }

    /** Regions that became darker blue, those that became lighter orange. */
    public Pixels drift(ToneDrift drift) {
        Sketch sketch = Sketch.of(picture, reduced);
        double span =
                Math.max(LEAST_SPAN, Math.ceil(Math.abs(drift.worst().getFirst().grey())));
        for (ToneDrift.Drift each : drift.regions()) {
            double place = each.grey() / span;
            sketch.fill(
                    sketch.at(each.where(), 1), ColourScale.SIGNED.at(0.5 + place / 2), 0.25 + 0.6 * Math.abs(place));
        }
        sketch.legend(ColourScale.SIGNED, "-" + whole(span), "0", "+" + whole(span));
        return sketch.pixels();
    }

    /** How far two pictures lie apart, place by place. */
    public Pixels differences(Comparison comparison) {
        Sketch sketch = Sketch.of(picture, reduced);
        double most = comparison.differences().stream()
                .mapToDouble(Comparison.Difference::levels)
                .max()
                .orElse(0);
        double span = Math.max(LEAST_SPAN, Math.ceil(most));
        for (Comparison.Difference each : comparison.differences()) {
            double place = each.levels() / span;
            sketch.fill(sketch.at(each.where(), 1), ColourScale.ALARM.at(place), 0.3 + 0.5 * place);
        }
        sketch.legend(ColourScale.ALARM, "0", whole(span));
        return sketch.pixels();
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }
}
