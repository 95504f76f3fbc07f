package giga.redraw;

import giga.canvas.Region;
import java.util.List;

/**
 * Takes one canvas to the next: an enlargement to width x height (none when the source has that size), then the phases
 * in order.
 *
 * @param number from 0
 */
public record Pass(int number, int width, int height, List<Phase> phases) {
    public Pass {
        phases = List.copyOf(phases);
        Region canvas = new Region(0, 0, width, height);
        for (Phase phase : phases) {
            for (Tile tile : phase.tiles()) {
                if (!canvas.contains(tile.read()))
                    throw new IllegalArgumentException("tile " + tile.index() + " reads " + tile.read() + " of a "
                            + width + "x" + height + " canvas");
            }
        }
    }

    public int tileCount() {
        return phases.stream().mapToInt(phase -> phase.tiles().size()).sum();
    }
}
