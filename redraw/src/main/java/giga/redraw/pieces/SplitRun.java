package giga.redraw.pieces;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureSet;
import giga.canvas.output.TiffCompression;
import giga.canvas.split.Cut;
import giga.canvas.split.PieceNames;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a picture's file into files of their own, in memory that does not grow with it; all of them appear, or none.
 *
 * @param output as {@link PieceNames#of} understands it
 * @param compression of pieces that are TIFFs
 * @param replacing files of these names
 */
public record SplitRun(
        Path input, Path output, Cut cut, TiffCompression compression, boolean replacing, StagedWork work) {
    /** What was written. */
    public record Written(List<Path> files, long pixels) {}

    /**
     * Works until all pieces are written.
     *
     * @throws giga.redraw.run.StoppedException when stopping was asked for
     * @throws giga.canvas.PictureException when the picture cannot be read or cut so, a name is taken, or a disk refuses
     */
    public Written run() {
        try (Unpacking unpacking = Unpacking.temporary(work)) {
            PictureFile file = unpacking.file(input);
            int width = file.info().width();
            int height = file.info().height();
            List<Region> regions = cut.regions(width, height);
            List<Path> names = PieceNames.of(output, input).files(regions.size());
            PictureMetadata metadata = PictureMetadata.like(file.info()).compressed(compression);
            PictureSet.check(byName(names, regions), metadata, replacing);
            Map<Path, Picture> pieces = byName(names, cut.of(unpacking.picture(file)));
            long pixels = regions.stream().mapToLong(Region::area).sum();
            work.stage(
                    Stage.Kind.EXPORT,
                    Math.ceilDiv(pixels, width),
                    rows -> new PictureSet(pieces, metadata).write(done -> rows.accept((int) (done / width))));
            return new Written(names, pixels);
        }
    }

    private static <T> Map<Path, T> byName(List<Path> names, List<T> pieces) {
        Map<Path, T> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) named.put(names.get(i), pieces.get(i));
        return named;
    }
}
