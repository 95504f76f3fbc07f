package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureSet;
import giga.canvas.output.PictureWriter;
import giga.canvas.split.Cut;
import giga.canvas.split.PieceNames;
import giga.redraw.Result;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Writes what a picture becomes: its own file, and its pieces. All is computed from the picture where it is read; each file
 * appears when it is complete, pieces all together.
 */
public record Ending(Result result, Path output, PictureMetadata metadata) {

    /**
     * Refuses places that cannot take what comes of such a picture.
     *
     * @param replacing files that are there already
     * @throws PictureException that names the place
     */
    public void check(Region canvas, boolean replacing) {
        Region size = result.size(canvas);
        PictureWriter.check(output, size.width(), size.height(), metadata);
        if (!replacing && Files.exists(output, LinkOption.NOFOLLOW_LINKS))
            throw new PictureException(output + " exists; give another -o, or --force to replace it");
        for (Cut cut : result.pieces())
            PictureSet.check(byName(cut, cut.regions(size.width(), size.height())), metadata, replacing);
    }

    /** Rows that {@link #write} tells of in all. */
    public int rows(Region canvas) {
        return result.size(canvas).height() * (1 + result.pieces().size());
    }

    /** @param rowsDone told how many rows are written so far; may throw to cancel */
    public void write(Picture canvas, IntConsumer rowsDone) {
        Picture picture = result.of(canvas);
        PictureWriter.write(picture, output, metadata, rowsDone);
        for (Cut cut : result.pieces())
            new PictureSet(byName(cut, cut.of(picture)), metadata)
                    .write(pixels -> rowsDone.accept(picture.height() + (int) (pixels / picture.width())));
    }

    /** The files, the whole first. */
    public List<Path> files(Region canvas) {
        Region size = result.size(canvas);
        List<Path> files = new java.util.ArrayList<>(List.of(output));
        for (Cut cut : result.pieces())
            files.addAll(byName(cut, cut.regions(size.width(), size.height())).keySet());
        return files;
    }

    private <T> Map<Path, T> byName(Cut cut, List<T> pieces) {
        List<Path> names = PieceNames.of(output, output).files(pieces.size());
        Map<Path, T> named = new LinkedHashMap<>();
        for (int i = 0; i < pieces.size(); i++) named.put(names.get(i), pieces.get(i));
        return named;
    }
}
