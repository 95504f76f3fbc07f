package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.redraw.Result;
import java.nio.file.Path;
import java.util.List;

/**
 * What comes after a redraw, done to a picture's file that needs none.
 *
 * @param replacing files that are there already
 */
public record EndingRun(Path input, Path output, Result result, boolean replacing, StagedWork work) {
    /**
     * What was made.
     *
     * @param files the whole first
     * @param words a sentence for each step
     */
    public record Ended(Region size, List<Path> files, List<String> words) {}

    /**
     * @throws StoppedException when stopping was asked for
     * @throws giga.canvas.PictureException when the picture or what goes with it cannot be used, a name is taken, or a disk refuses
     */
    public Ended run() {
        try (Unpacking unpacking = Unpacking.temporary(work)) {
            PictureFile file = unpacking.file(input);
            Region size = new Region(0, 0, file.info().width(), file.info().height());
            Ending ending =
                    new Ending(result, output, PictureMetadata.like(file.info()).compressed(result.compression()));
            ending.check(size, replacing);
            Picture picture = unpacking.picture(file);
            work.stage(Stage.Kind.EXPORT, ending.rows(size), rows -> ending.write(picture, unpacking::picture, rows));
            return new Ended(result.size(size), ending.files(size), ending.words(size));
        }
    }
}
