package giga.redraw;

import giga.canvas.Region;
import java.util.List;

/**
 * All the work of a redraw before any of it is done: the same request and source size give the same plan on every
 * machine.
 *
 * @param sourceWidth of the picture before the first pass' enlargement, in pixels
 */
public record Plan(int sourceWidth, int sourceHeight, List<Pass> passes) {
    public Plan {
        passes = List.copyOf(passes);
        new Region(0, 0, sourceWidth, sourceHeight);
        if (passes.isEmpty()) throw new IllegalArgumentException("a plan without passes");
    }

    /** Size of the result. */
    public Region canvas() {
        Pass last = passes.getLast();
        return new Region(0, 0, last.width(), last.height());
    }

    /**
     * What the tiles of the last pass are responsible for, row by row. Where it draws seams alone, the cores that these
     * lie between.
     */
    public List<Region> cores() {
        return Grid.of(canvas().width(), canvas().height(), passes.getLast().tiling())
                .cores();
    }

    /** What the tiles of the last pass were responsible for: those that draw the picture, else those that mend seams. */
    public List<Region> drawn() {
        List<Phase> phases = passes.getLast().phases();
        boolean draws = phases.stream().anyMatch(phase -> phase.kind().draws());
        return phases.stream()
                .filter(phase -> phase.kind().draws() == draws)
                .flatMap(phase -> phase.tiles().stream())
                .map(Tile::core)
                .toList();
    }

    public int tileCount() {
        return passes.stream().mapToInt(Pass::tileCount).sum();
    }

    public int batchCount() {
        return passes.stream().mapToInt(Pass::batchCount).sum();
    }

    /** Pixels that pass through the networks, overlaps and padding included, in millions. */
    public double networkMegapixels() {
        long pixels = 0;
        for (Pass pass : passes)
            for (Phase phase : pass.phases()) pixels += phase.tiles().size() * phase.networkPixels();
        return pixels / 1e6;
    }
}
