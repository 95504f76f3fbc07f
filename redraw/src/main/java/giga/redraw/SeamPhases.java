package giga.redraw;

import giga.redraw.Axis.Slot;
import giga.redraw.Axis.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The phases that draw the places once more where tiles of a grid met: strips or half-shifted tiles along every inner
 * border. What the networks see is as large for every tile of a phase, has the border in its middle, and moves inward at
 * the canvas' rim. Weights fall to 0 at the edge of each {@link Tile#write}, so nothing of what was drawn is cut off.
 *
 * @param columns tiles along the borders between rows
 * @param rows tiles along the borders between columns
 */
record SeamPhases(Grid grid, Request.Seams seams, Axis columns, Axis rows) {

    static SeamPhases of(Grid grid, Request.Tiling tiling, Request.Seams seams) {
        Request.Tiling along = seams.along(tiling);
        return new SeamPhases(
                grid,
                seams,
                tiling.layout().axis(grid.width(), along),
                tiling.layout().axis(grid.height(), along));
    }

    long tileCount() {
        long across = grid.columns().borders().size();
        long down = grid.rows().borders().size();
        return switch (seams.mode()) {
            case NONE -> 0;
            case BAND, HALF -> down * columns.count() + across * rows.count();
            case HALF_CORNERS -> down * columns.count() + across * rows.count() + across * down;
        };
    }

    /** Row seams, column seams, crossings; a phase without tiles is left out. */
    List<Phase> phases() {
        if (seams.mode() == Request.Seams.Mode.NONE) return List.of();
        List<Slot> upright = slots(grid.columns());
        List<Slot> level = slots(grid.rows());
        List<Phase> phases = new ArrayList<>();
        add("row seams", columns.slots(), level, phases);
        add("column seams", upright, rows.slots(), phases);
        if (seams.mode() == Request.Seams.Mode.HALF_CORNERS) add("crossings", upright, level, phases);
        return phases;
    }

    private void add(String name, List<Slot> columns, List<Slot> rows, List<Phase> phases) {
        long index = grid.tileCount();
        for (Phase before : phases) index += before.tiles().size();
        List<Tile> tiles = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++)
                tiles.add(Tile.at(Math.toIntExact(index++), column, row, columns.get(column), rows.get(row)));
        }
        if (!tiles.isEmpty()) phases.add(new Phase(name, Phase.Kind.SEAM, tiles));
    }

    /** One slot across each border of an axis. */
    private List<Slot> slots(Axis axis) {
        return axis.borders().stream()
                .map(border -> slot(border, axis.length()))
                .toList();
    }

    private Slot slot(int border, int length) {
        int half = seams.width() / 2;
        // A band is drawn in full and fades out beyond; half tiles fade out from the border on.
        boolean band = seams.mode() == Request.Seams.Mode.BAND;
        int core = band ? half : half / 2;
        int write = band ? half + seams.blur() : half;
        boolean first = border < write;
        boolean last = length - border < write;
        Span written = new Span(first ? 0 : border - write, last ? length : border + write);
        return new Slot(
                read(border, written, length),
                new Span(first ? 0 : border - core, last ? length : border + core),
                written);
    }

    /** On the latents' grid where that leaves the border in the middle and all of {@code written} inside. */
    private Span read(int border, Span written, int length) {
        int side = Math.min(seams.readSide(), length);
        int start = Math.floorDiv(border - side / 2 + Axis.LATENT / 2, Axis.LATENT) * Axis.LATENT;
        start = Math.min(Math.max(start, written.end() - side), written.start());
        start = Math.clamp(start, 0, length - side);
        return new Span(start, start + side);
    }
}
