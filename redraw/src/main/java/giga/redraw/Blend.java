package giga.redraw;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Settles a phase: its tiles' results become the next state of the canvas,
 *
 * <pre>out = old · (1 − a) + a · Σ wᵢvᵢ / Σ wᵢ,   a = 1 where no earlier phase of the pass has written, else min(1, Σ wᵢ)</pre>
 *
 * with the sums over the phase's tiles in plan order, in float, rounded once. Seams always lie over something finished,
 * be it drawn by another job: for them a = min(1, Σ wᵢ) everywhere. A pixel's value follows from its place
 * alone, never from the region it is asked with, so a canvas may be settled in any pieces and any order.
 */
public final class Blend {
    private final Phase phase;
    private final RegionIndex<Tile> tiles;
    private final RegionIndex<Region> written;
    private final int waves;

    /** @param phase which of the pass' phases is settled, from 0 */
    public Blend(Pass pass, int phase) {
        this.phase = pass.phases().get(phase);
        tiles = new RegionIndex<>(pass.width(), pass.height(), this.phase.tiles(), Tile::write);
        List<Region> earlier = pass.phases().subList(0, phase).stream()
                .flatMap(before -> before.tiles().stream())
                .map(Tile::write)
                .toList();
        written = new RegionIndex<>(pass.width(), pass.height(), earlier, Function.identity());
        waves = Integer.MAX_VALUE;
    }

    private Blend(Blend all, int waves) {
        phase = all.phase;
        tiles = all.tiles;
        written = all.written;
        this.waves = waves;
    }

    /** What the tiles of a wave see: the phase as far as the waves before have brought it. */
    public Blend before(int wave) {
        return new Blend(this, wave);
    }

    /** The tiles of earlier waves that a tile sees. */
    public List<Tile> seenBy(Tile tile) {
        int wave = phase.wave(tile);
        return wave == 0 ? List.of() : before(wave).touching(tile.read());
    }

    /** The tiles whose results decide the region's pixels, in plan order; where there are none nothing changes. */
    public List<Tile> touching(Region region) {
        List<Tile> touching = tiles.touching(region);
        if (waves == Integer.MAX_VALUE) return touching;
        return touching.stream().filter(tile -> phase.wave(tile) < waves).toList();
    }

    /**
     * The region's pixels in the canvas' next state. Waves are laid over each other one by one, each rounded, as if it
     * were a phase of its own.
     *
     * @param old its pixels when the phase began
     * @param drawn the results of exactly the {@link #touching} tiles, in any order, each covering at least the part of
     *     its {@link Tile#write} that lies in the region
     * @throws IllegalArgumentException when a result is missing, too many or too small
     */
    public Pixels settle(Region region, Pixels old, List<Drawn> drawn) {
        if (old.width() != region.width() || old.height() != region.height())
            throw new IllegalArgumentException(old.width() + "x" + old.height() + " pixels for region " + region);
        List<WeightedTile> layers = layers(region, drawn);
        List<Region> before = new ArrayList<>();
        if (phase.kind() == Phase.Kind.SEAM) before.add(region);
        else written.touching(region).forEach(earlier -> before.add(region.intersection(earlier)));
        Pixels settled = new Pixels(region.width(), region.height(), old.rgb().clone());
        for (int from = 0, to; from < layers.size(); from = to) {
            int wave = phase.wave(layers.get(from).tile());
            to = from;
            while (to < layers.size() && phase.wave(layers.get(to).tile()) == wave) to++;
            List<WeightedTile> together = layers.subList(from, to);
            settle(region, together, before, settled);
            together.forEach(layer -> before.add(layer.part()));
        }
        return settled;
    }

    private static void settle(Region region, List<WeightedTile> layers, List<Region> before, Pixels settled) {
        for (Region cell : cells(region, layers, before)) {
            List<WeightedTile> here =
                    layers.stream().filter(layer -> layer.covers(cell)).toList();
            boolean fresh = before.stream().noneMatch(earlier -> earlier.contains(cell));
            if (!here.isEmpty()) settleCell(cell, fresh, here, region, settled);
        }
    }

    private List<WeightedTile> layers(Region region, List<Drawn> drawn) {
        List<WeightedTile> layers = drawn.stream()
                .map(result -> new WeightedTile(result, region))
                .sorted(Comparator.<WeightedTile>comparingInt(layer -> phase.wave(layer.tile()))
                        .thenComparingInt(layer -> layer.tile().index()))
                .toList();
        List<Tile> expected = touching(region);
        if (!layers.stream().map(WeightedTile::tile).toList().equals(expected))
            throw new IllegalArgumentException("region " + region + " needs the results of exactly "
                    + expected.stream().map(Tile::index).toList());
        return layers;
    }

    /** Cuts the region along every edge inside it: within a cell the same tiles meet everywhere. */
    private static List<Region> cells(Region region, List<WeightedTile> layers, List<Region> before) {
        TreeSet<Integer> xs = new TreeSet<>(List.of(region.x(), region.right()));
        TreeSet<Integer> ys = new TreeSet<>(List.of(region.y(), region.bottom()));
        List<Region> edges = new ArrayList<>(before);
        layers.forEach(layer -> edges.add(layer.part()));
        for (Region edge : edges) {
            xs.addAll(List.of(edge.x(), edge.right()));
            ys.addAll(List.of(edge.y(), edge.bottom()));
        }
        List<Region> cells = new ArrayList<>();
        for (int y : ys.headSet(region.bottom())) {
            for (int x : xs.headSet(region.right())) cells.add(new Region(x, y, xs.higher(x) - x, ys.higher(y) - y));
        }
        return cells;
    }

    private static void settleCell(
            Region cell, boolean fresh, List<WeightedTile> layers, Region region, Pixels settled) {
        float[] weights = new float[3 * cell.width()];
        float[] values = new float[3 * cell.width()];
        for (int y = cell.y(); y < cell.bottom(); y++) {
            int to = 3 * ((y - region.y()) * region.width() + cell.x() - region.x());
            if (layers.size() == 1) {
                WeightedTile only = layers.getFirst();
                // Not w·v / w, which can miss v by its last bit.
                only.copyRow(cell, y, values);
                if (!fresh) only.weighRow(cell, y, weights);
            } else {
                average(cell, y, layers, weights, values);
            }
            if (fresh) put(values, settled.rgb(), to);
            else crossFade(weights, values, settled.rgb(), to);
        }
    }

    private static void average(Region cell, int y, List<WeightedTile> layers, float[] weights, float[] values) {
        Arrays.fill(weights, 0);
        Arrays.fill(values, 0);
        for (WeightedTile layer : layers) layer.addRow(cell, y, weights, values);
        for (int i = 0; i < values.length; i++) values[i] /= weights[i];
    }

    private static void put(float[] values, byte[] rgb, int to) {
        for (int i = 0; i < values.length; i++) rgb[to + i] = quantize(values[i]);
    }

    private static void crossFade(float[] weights, float[] values, byte[] rgb, int to) {
        for (int i = 0; i < values.length; i++) {
            float share = Math.min(1, weights[i]);
            rgb[to + i] = quantize((rgb[to + i] & 0xFF) * (1 - share) + share * values[i]);
        }
    }

    private static byte quantize(float value) {
        return (byte) (int) (Math.min(Math.max(value, 0), 255) + 0.5f);
    }
}
