package giga.redraw;

import giga.canvas.Region;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes one canvas to the next: an enlargement to width x height (none when the source has that size), then the phases
 * in order. The cores of all tiles that draw partition the canvas: no pixel is left out or anybody's twice. A pass of
 * seams alone draws nothing.
 *
 * @param number from 0
 * @param tiling what the tiles were cut by; its batch groups each phase's tiles ({@link Phase#batches})
 */
public record Pass(int number, int width, int height, Request.Tiling tiling, List<Phase> phases) {
    public Pass {
        phases = List.copyOf(phases);
        long seams =
                phases.stream().filter(phase -> phase.kind() == Phase.Kind.SEAM).count();
        if (number < 0 || number > 0xFF || seams > 0xFF)
            throw new IllegalArgumentException("pass " + number + " with " + seams + " phases of seams");
        Region canvas = new Region(0, 0, width, height);
        for (Phase phase : phases) {
            for (Tile tile : phase.tiles()) {
                if (!canvas.contains(tile.read()))
                    throw new IllegalArgumentException("tile " + tile.index() + " reads " + tile.read() + " of a "
                            + width + "x" + height + " canvas");
            }
        }
        List<Tile> drawn = phases.stream()
                .filter(phase -> phase.kind().draws())
                .flatMap(phase -> phase.tiles().stream())
                .toList();
        if (!drawn.isEmpty()) requirePartition(canvas, drawn);
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

    /**
     * What noise is keyed by: the number of the pass, and for seams which of its seam phases it is, so that they do not
     * repeat the noise of the tiles that they lie over.
     *
     * @param phase from 0
     * @return 0 to 65535; the pass in the lower 8 bits
     */
    public int noiseKey(int phase) {
        if (phases.get(phase).kind().draws()) return number;
        long seams = phases.subList(0, phase + 1).stream()
                .filter(each -> each.kind() == Phase.Kind.SEAM)
                .count();
        return number | (int) seams << 8;
    }

    public int tileCount() {
        return phases.stream().mapToInt(phase -> phase.tiles().size()).sum();
    }

    public int batchCount() {
        return phases.stream()
                .mapToInt(phase -> Math.ceilDiv(phase.tiles().size(), tiling.batch()))
                .sum();
    }

    /** Whether what a phase does goes through the sampler in windows, for the whole pass together. */
    public boolean isJoined(Phase phase) {
        return tiling.join() != Join.PIXELS && phase.kind().draws();
    }

    /** Windows that go through so many calls of the denoiser together, each counted at every call. */
    public long windows(int calls) {
        Windows windows = Windows.of(tiling, width, height);
        return IntStream.range(0, calls)
                .mapToLong(call -> windows.at(call).size())
                .sum();
    }
}
