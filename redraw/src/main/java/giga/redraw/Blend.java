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
    private final RegionIndex<Tile> tiles;
    private final RegionIndex<Region> written;
    private final boolean overlay;

    /** @param phase which of the pass' phases is settled, from 0 */
    public Blend(Pass pass, int phase) {
        tiles = new RegionIndex<>(
                pass.width(), pass.height(), pass.phases().get(phase).tiles(), Tile::write);
        List<Region> earlier = pass.phases().subList(0, phase).stream()
                .flatMap(before -> before.tiles().stream())
                .map(Tile::write)
                .toList();
        overlay = pass.phases().get(phase).kind() == Phase.Kind.SEAM;
        written = new RegionIndex<>(pass.width(), pass.height(), earlier, Function.identity());
    }

    /** The tiles whose results decide the region's pixels, in plan order; where there are none nothing changes. */
    public List<Tile> touching(Region region) {
        return tiles.touching(region);
    }

    /**
     * The region's pixels in the canvas' next state.
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
        List<Region> before = overlay
                ? List.of(region)
                : written.touching(region).stream().map(region::intersection).toList();
        Pixels settled = new Pixels(region.width(), region.height(), old.rgb().clone());
        for (Region cell : cells(region, layers, before)) {
            List<WeightedTile> here =
                    layers.stream().filter(layer -> layer.covers(cell)).toList();
            boolean fresh = before.stream().noneMatch(earlier -> earlier.contains(cell));
            if (!here.isEmpty()) settleCell(cell, fresh, here, region, settled);
        }
        return settled;
    }

    private List<WeightedTile> layers(Region region, List<Drawn> drawn) {
        List<WeightedTile> layers = drawn.stream()
                .map(result -> new WeightedTile(result, region))
                .sorted(Comparator.comparingInt(layer -> layer.tile().index()))
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
