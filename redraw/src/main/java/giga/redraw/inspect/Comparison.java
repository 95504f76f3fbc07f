package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How alike two pictures of one size are, pixel by pixel.
 *
 * @param meanSquaredError over all pixels and channels, in squared levels of 255
 * @param ssim structural similarity of luma, 1 for equal pictures (Wang and others, 2004); none below 11 pixels a side
 * @param differences mean distance of the samples without sign, by regions, row by row
 */
public record Comparison(double meanSquaredError, OptionalDouble ssim, List<Difference> differences) {
    private static final int SIDE = 64;
    /** Cells beside each other are read together up to this width, and similarity is computed in bands of this height. */
    private static final int BLOCK = 512;

    /** @param levels of 255 */
    public record Difference(Region where, double levels) {}

    public Comparison {
        differences = List.copyOf(differences);
    }

    /**
     * Reads both pictures once, block by block.
     *
     * @param rowsDone called with the count of finished rows; may throw to stop
     * @throws PictureException when the sizes differ
     */
    public static Comparison of(Picture one, Picture other, IntConsumer rowsDone) {
        requireOneSize(one, other);
        Cells cells = Cells.of(one.bounds(), SIDE);
        int group = Math.max(1, BLOCK / cells.at(0, 0).width());
        long squares = 0;
        double similarity = 0;
        List<Difference> differences = new ArrayList<>(cells.columns() * cells.rows());
        for (int row = 0; row < cells.rows(); row++) {
            int y = row;
            List<Block> blocks = IntStream.range(0, Math.ceilDiv(cells.columns(), group))
                    .parallel()
                    .mapToObj(i ->
                            Block.of(one, other, cells.ofRow(y, i * group, Math.min(cells.columns(), (i + 1) * group))))
                    .toList();
            for (Block block : blocks) {
                squares += block.squares();
                similarity += block.similarity();
                differences.addAll(block.differences());
            }
            rowsDone.accept(cells.at(0, row).bottom());
        }
        OptionalDouble ssim = hasWindow(one.bounds())
                ? OptionalDouble.of(
                        similarity / StructuralSimilarity.defined(one.bounds()).area())
                : OptionalDouble.empty();
        return new Comparison(squares / (3.0 * one.bounds().area()), ssim, differences);
    }

    /** @throws PictureException when the sizes differ */
    public static void requireOneSize(Picture one, Picture other) {
        if (!one.bounds().equals(other.bounds()))
            throw new PictureException(
                    "The pictures have %dx%d and %dx%d pixels: only pictures of one size can be compared"
                            .formatted(one.width(), one.height(), other.width(), other.height()));
    }

    /** Peak signal-to-noise ratio in dB, at most {@link Fidelity#EQUAL}. */
    public double psnr() {
        return new Fidelity(meanSquaredError).psnr();
    }

    public String text() {
        String alike = String.format(Locale.ROOT, "PSNR %.2f dB", psnr());
        return ssim.isEmpty() ? alike : alike + String.format(Locale.ROOT, ", SSIM %.4f", ssim.getAsDouble());
    }

    /** By name, for JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("psnr_db", psnr());
        ssim.ifPresent(value -> figures.put("ssim", value));
        return figures;
    }

    private static boolean hasWindow(Region picture) {
        return Math.min(picture.width(), picture.height()) > 2 * StructuralSimilarity.RADIUS;
    }

    /** What neighbouring cells of one row come to. */
    private record Block(long squares, double similarity, List<Difference> differences) {
        static Block of(Picture one, Picture other, List<Region> cells) {
            Region first = cells.getFirst();
            Region last = cells.getLast();
            Region whole = new Region(first.x(), first.y(), last.right() - first.x(), first.height());
            Region read = whole.grow(StructuralSimilarity.RADIUS, one.bounds());
            Pixels a = one.read(read);
            Pixels b = other.read(read);
            long squares = 0;
            List<Difference> differences = new ArrayList<>(cells.size());
            for (Region cell : cells) {
                Region inside = new Region(cell.x() - read.x(), cell.y() - read.y(), cell.width(), cell.height());
                Pixels cellA = a.read(inside);
                Pixels cellB = b.read(inside);
                squares += Fidelity.squaredDifference(cellA, cellB);
                differences.add(new Difference(cell, distance(cellA, cellB)));
            }
            return new Block(squares, similarity(a, b, read, whole, one.bounds()), differences);
        }

        private static double similarity(Pixels a, Pixels b, Region read, Region whole, Region picture) {
            if (!hasWindow(picture)) return 0;
            Region defined = StructuralSimilarity.defined(picture);
            if (!defined.intersects(whole)) return 0;
            Region windows = defined.intersection(whole);
            double sum = 0;
            for (int y = windows.y(); y < windows.bottom(); y += BLOCK) {
                Region band = new Region(windows.x(), y, windows.width(), Math.min(BLOCK, windows.bottom() - y));
                Region seen = band.grow(StructuralSimilarity.RADIUS, picture);
                Region inside = new Region(seen.x() - read.x(), seen.y() - read.y(), seen.width(), seen.height());
                sum += StructuralSimilarity.sum(a.read(inside), b.read(inside));
            }
            return sum;
        }

        private static double distance(Pixels a, Pixels b) {
            long sum = 0;
            for (int i = 0; i < a.rgb().length; i++) sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
            return (double) sum / a.rgb().length;
        }
    }
}
