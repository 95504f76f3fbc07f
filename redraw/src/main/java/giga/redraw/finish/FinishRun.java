package giga.redraw.finish;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.finish.Finish;
import giga.canvas.finish.Preview;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.TiffCompression;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.List;

/**
 * Finishes a picture's file into another, in memory that does not grow with it.
 *
 * @param preview the parts that are to be shown before and after, instead of the whole picture; empty for that
 * @param compression of a TIFF
 */
public record FinishRun(
        Path input, Path output, Finish finish, List<Region> preview, TiffCompression compression, StagedWork work) {
    /**
     * Works until the output is written.
     *
     * @return its size
     * @throws giga.redraw.run.StoppedException when stopping was asked for
     * @throws giga.canvas.PictureException when the picture or a texture cannot be used, or a disk refuses
     */
    public Region run() {
        try (Unpacking unpacking = Unpacking.temporary(work)) {
            PictureFile file = unpacking.file(input);
            PictureMetadata metadata = PictureMetadata.like(file.info()).compressed(compression);
            Region whole = new Region(0, 0, file.info().width(), file.info().height());
            for (Region size : preview.isEmpty() ? List.of(whole) : preview)
                PictureWriter.check(output, size.width(), size.height(), metadata);
            Picture source = unpacking.picture(file);
            Picture finished = finish.of(source, unpacking::picture);
            Picture shown = preview.isEmpty() ? finished : new Preview(source, finished, preview);
            work.stage(Stage.Kind.EXPORT, shown.height(), rows -> PictureWriter.write(shown, output, metadata, rows));
            return shown.bounds();
        }
    }
}
