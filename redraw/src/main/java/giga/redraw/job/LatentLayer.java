package giga.redraw.job;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.RegionIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Latents of a whole canvas in pieces, which cover it and may overlap. Any part of it can be read once the pieces that
 * touch it are there; what pieces share is their average by weight. Safe to share between threads.
 */
public final class LatentLayer {
    private final LatentFiles files;
    private final List<Region> pieces;
    private final RegionIndex<Integer> index;
    private final Weight weight;

    /** How much a piece counts at a place in it, per axis. */
    @FunctionalInterface
    public interface Weight {
        float at(int place, int length);
    }

    LatentLayer(Path directory, int width, int height, List<Region> pieces, Weight weight) {
        this.files = new LatentFiles(directory);
        this.pieces = List.copyOf(pieces);
        this.index = new RegionIndex<>(
                width, height, IntStream.range(0, pieces.size()).boxed().toList(), pieces::get);
        this.weight = weight;
    }

    public List<Region> pieces() {
        return pieces;
    }

    /**
     * The pieces that are still to be made.
     *
     * @param damaged told of every file that is there but not what was written; it is deleted
     */
    public Set<Integer> missing(Consumer<String> damaged) {
        return IntStream.range(0, pieces.size())
                .filter(piece -> !has(piece, damaged))
                .boxed()
                .collect(Collectors.toSet());
    }

    private boolean has(int piece, Consumer<String> damaged) {
        try {
            return files.read(piece, pieces.get(piece)).isPresent();
        } catch (LatentFiles.DamagedLatentsException e) {
            damaged.accept(files.file(piece) + " is damaged and made again");
            files.delete(piece);
            return false;
        }
    }

    /** @param values [1, channels, height, width] of the piece */
    public void store(int piece, Planes values) {
        Region place = pieces.get(piece);
        if (values.batch() != 1 || values.width() != place.width() || values.height() != place.height())
            throw new IllegalArgumentException("[%d, %d, %d, %d] for the piece at %s"
                    .formatted(values.batch(), values.channels(), values.height(), values.width(), place));
        files.write(piece, place, values);
    }

    /**
     * Any part of the canvas.
     *
     * @return [1, channels, height, width]
     * @throws giga.redraw.JobException when a piece is missing or damaged
     */
    public Planes read(Region region) {
        List<Integer> touching = index.touching(region);
        Sum sum = null;
        for (int piece : touching) {
            Planes values = files.read(piece, pieces.get(piece))
                    .orElseThrow(() -> new LatentFiles.DamagedLatentsException(files.file(piece)));
            if (sum == null) sum = new Sum(region, values.channels());
            sum.add(values, pieces.get(piece));
        }
        if (sum == null) throw new IllegalArgumentException("no latents at " + region);
        return sum.average();
    }

    private final class Sum {
        private final Region region;
        private final Planes values;
        private final float[] weights;

        Sum(Region region, int channels) {
            this.region = region;
            this.values = new Planes(1, channels, region.height(), region.width());
            this.weights = new float[region.width() * region.height()];
        }

        void add(Planes piece, Region place) {
            Region part = place.intersection(region);
            for (int y = part.y(); y < part.bottom(); y++) {
                float down = weight.at(y - place.y(), place.height());
                int from = (y - place.y()) * place.width() + part.x() - place.x();
                int to = (y - region.y()) * region.width() + part.x() - region.x();
                for (int x = 0; x < part.width(); x++) {
                    float share = down * weight.at(part.x() - place.x() + x, place.width());
                    float before = weights[to + x];
                    weights[to + x] += share;
                    for (int c = 0; c < values.channels(); c++) {
                        float value = piece.values()[c * place.width() * place.height() + from + x];
                        int at = c * region.width() * region.height() + to + x;
                        // A running mean: one piece alone comes out to the bit.
                        values.values()[at] = before == 0
                                ? value
                                : values.values()[at] + (value - values.values()[at]) * (share / weights[to + x]);
                    }
                }
            }
        }

        Planes average() {
            for (float w : weights) if (w == 0) throw new IllegalStateException("a hole in the latents at " + region);
            return values;
        }
    }
}
