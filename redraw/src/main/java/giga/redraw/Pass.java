package giga.redraw;

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
    }

    public int tileCount() {
        return phases.stream().mapToInt(phase -> phase.tiles().size()).sum();
    }
}
