package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far the tone of a result has moved away from its source's, region by region: the mean level of about 256 x 256
 * pixels of the result (larger regions in pictures over 65536 pixels a side) less that of the same place in the source,
 * whose pixels count in part where the region cuts them. What tiles add in texture averages out; what is left is colour
 * and light.
 *
 * @param regions row by row
 */
public record ToneDrift(List<Drift> regions) {
    private static final int SIDE = 256;
    /** Regions beside each other are read together up to this width. */
    private static final int BLOCK = 2048;

    private static final int WORST = 5;

    /**
     * Result less source, in levels of 255.
     *
     * @param where in the result
     */
    public record Drift(Region where, double red, double green, double blue) {
        /** Of luma (Rec. 601). */
        public double grey() {
            return 0.299 * red + 0.587 * green + 0.114 * blue;
        }

        /** The channel that moved most, without sign. */
        public double most() {
            return Math.max(Math.abs(red), Math.max(Math.abs(green), Math.abs(blue)));
        }
    }

    public ToneDrift {
        regions = List.copyOf(regions);
    }

    /**
     * Reads both pictures once, block by block.
     *
     * @param rowsDone called with the count of finished rows of the result; may throw to stop
     * @throws PictureException when the result is smaller than the source
     */
    public static ToneDrift of(Picture result, Picture source, IntConsumer rowsDone) {
        Fidelity.requireEnlargement(result, source);
        Cells cells = Cells.of(result.bounds(), SIDE);
        int group = Math.max(1, BLOCK / cells.at(0, 0).width());
        List<Drift> drifts = new ArrayList<>(cells.columns() * cells.rows());
        for (int row = 0; row < cells.rows(); row++) {
            int y = row;
            IntStream.range(0, Math.ceilDiv(cells.columns(), group))
                    .parallel()
                    .mapToObj(i -> cells.ofRow(y, i * group, Math.min(cells.columns(), (i + 1) * group)))
                    .map(regions -> drifts(result, source, regions))
                    .toList()
                    .forEach(drifts::addAll);
            rowsDone.accept(cells.at(0, row).bottom());
        }
        return new ToneDrift(drifts);
    }

    /** Mean distance without sign over all regions. */
    public double mean() {
        return mean(Drift::grey);
    }

    public double meanRed() {
        return mean(Drift::red);
    }

    public double meanGreen() {
        return mean(Drift::green);
    }

    public double meanBlue() {
        return mean(Drift::blue);
    }

    /** The regions whose grey moved most, most first, at most 5. */
    public List<Drift> worst() {
        Comparator<Drift> distance = Comparator.comparingDouble(drift -> Math.abs(drift.grey()));
        return regions.stream().sorted(distance.reversed()).limit(WORST).toList();
    }

    public String text() {
        Drift worst = worst().getFirst();
        return String.format(
                Locale.ROOT,
                "tone drift %.2f levels mean (red %.2f, green %.2f, blue %.2f), worst %+.2f at %s",
                mean(),
                meanRed(),
                meanGreen(),
                meanBlue(),
                worst.grey(),
                worst.where());
    }

    private double mean(ToDoubleFunction<Drift> of) {
        return regions.stream().mapToDouble(of).map(Math::abs).average().orElseThrow();
    }

    private static List<Drift> drifts(Picture result, Picture source, List<Region> regions) {
        Levels after = new Levels(result, regions, 1, 1);
        Levels before = new Levels(
                source, regions, (double) source.width() / result.width(), (double) source.height() / result.height());
        List<Drift> drifts = new ArrayList<>();
        for (Region region : regions) {
            double[] a = after.mean(region);
            double[] b = before.mean(region);
            drifts.add(new Drift(region, a[0] - b[0], a[1] - b[1], a[2] - b[2]));
        }
        return drifts;
    }

    /** The part of a picture that some regions of another, larger by 1 / scale, show; read once. */
    private static final class Levels {
        private final double scaleX;
        private final double scaleY;
        private final Region read;
        private final Pixels pixels;

        Levels(Picture picture, Collection<Region> regions, double scaleX, double scaleY) {
            this.scaleX = scaleX;
            this.scaleY = scaleY;
            int left = regions.stream().mapToInt(Region::x).min().orElseThrow();
            int right = regions.stream().mapToInt(Region::right).max().orElseThrow();
            Region any = regions.iterator().next();
            int x = (int) (left * scaleX);
            int y = (int) (any.y() * scaleY);
            read = new Region(x, y, (int) Math.ceil(right * scaleX) - x, (int) Math.ceil(any.bottom() * scaleY) - y)
                    .intersection(picture.bounds());
            pixels = picture.read(read);
        }

        /** Red, green and blue, every pixel by the part of it that lies in the region. */
        double[] mean(Region region) {
            double left = region.x() * scaleX;
            double right = region.right() * scaleX;
            double top = region.y() * scaleY;
            double bottom = region.bottom() * scaleY;
            double[] sum = new double[3];
            double area = 0;
            for (int y = (int) top; y < Math.min(bottom, read.bottom()); y++) {
                double height = Math.min(bottom, y + 1) - Math.max(top, y);
                for (int x = (int) left; x < Math.min(right, read.right()); x++) {
                    double share = height * (Math.min(right, x + 1) - Math.max(left, x));
                    area += share;
                    for (int c = 0; c < 3; c++) sum[c] += share * pixels.sample(x - read.x(), y - read.y(), c);
                }
            }
            for (int c = 0; c < 3; c++) sum[c] /= area;
            return sum;
        }
    }
}
