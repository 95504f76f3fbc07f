package giga.redraw;

import giga.canvas.Region;
import java.util.List;

/**
 * Takes one canvas to the next: an enlargement to width x height (none when the source has that size), then the phases
 * in order. The cores of all its tiles partition the canvas: no pixel is left out or anybody's twice.
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
        requirePartition(
                canvas, phases.stream().flatMap(phase -> phase.tiles().stream()).toList());
    }

    private static void requirePartition(Region canvas, List<Tile> tiles) {
        RegionIndex<Tile> cores = new RegionIndex<>(canvas.width(), canvas.height(), tiles, Tile::core);
        long covered = 0;
        for (Tile tile : tiles) {
            for (Tile other : cores.touching(tile.core()))
                if (other != tile)
                    throw new IllegalArgumentException(
                            "the cores of tiles " + tile.index() + " and " + other.index() + " overlap");
            covered += tile.core().area();
        }
        if (covered != canvas.area())
            throw new IllegalArgumentException(
                    "the cores cover " + covered + " of the canvas' " + canvas.area() + " pixels");
    }

    public int tileCount() {
        return phases.stream().mapToInt(phase -> phase.tiles().size()).sum();
    }
}
