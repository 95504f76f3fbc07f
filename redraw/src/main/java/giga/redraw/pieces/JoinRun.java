package giga.redraw.pieces;

import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.TiffCompression;
import giga.canvas.split.Arrangement;
import giga.canvas.split.Mosaic;
import giga.canvas.split.PieceFiles;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Joins pieces into one picture's file, in memory that does not grow with it.
 *
 * @param pieces as {@link PieceFiles#of} understands them, row by row from the upper left
 * @param columns of pieces; 0 where their sizes tell
 * @param overlap pixels that neighbours share
 * @param compression of a TIFF
 */
public record JoinRun(
        List<Path> pieces, Path output, int columns, int overlap, TiffCompression compression, StagedWork work) {
    /**
     * Works until the picture is written.
     *
     * @return its size
     * @throws giga.redraw.run.StoppedException when stopping was asked for
     * @throws PictureException when a piece cannot be read or does not fit, or a disk refuses
     */
    public Region run() {
        try (Unpacking unpacking = Unpacking.temporary(work)) {
            List<Path> paths = PieceFiles.of(pieces);
            List<PictureFile> files = new ArrayList<>();
            for (Path path : paths) files.add(unpacking.file(path));
            checkColours(paths, files);
            Arrangement arrangement = arrangement(paths, files);
            PictureMetadata metadata =
                    PictureMetadata.like(files.getFirst().info()).compressed(compression);
            PictureWriter.check(output, arrangement.width(), arrangement.height(), metadata);
            Mosaic whole = new Mosaic(arrangement, unpacking.pictures(files));
            work.stage(Stage.Kind.EXPORT, whole.height(), rows -> PictureWriter.write(whole, output, metadata, rows));
            return whole.bounds();
        }
    }

    private Arrangement arrangement(List<Path> paths, List<PictureFile> files) {
        List<Arrangement.Piece> sizes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            var info = files.get(i).info();
            sizes.add(new Arrangement.Piece(paths.get(i).toString(), info.width(), info.height()));
        }
        return columns == 0 ? Arrangement.found(sizes, overlap) : Arrangement.of(sizes, columns, overlap);
    }

    /** The samples of other colours would be shown wrong. */
    private static void checkColours(List<Path> paths, List<PictureFile> files) {
        Optional<byte[]> first = files.getFirst().info().icc();
        for (int i = 1; i < files.size(); i++) {
            Optional<byte[]> icc = files.get(i).info().icc();
            if (!Arrays.equals(first.orElse(null), icc.orElse(null)))
                throw new PictureException(
                        "%s has the colour profile %s where %s has %s; convert the pieces to one profile first."
                                .formatted(paths.get(i), name(files.get(i)), paths.getFirst(), name(files.getFirst())));
        }
    }

    private static String name(PictureFile file) {
        return file.info().icc().isEmpty()
                ? "none (sRGB)"
                : file.info().iccName().orElse("without a name");
    }
}
