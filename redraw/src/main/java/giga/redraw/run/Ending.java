package giga.redraw.run;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureSet;
import giga.canvas.output.PictureWriter;
import giga.canvas.print.Printing;
import giga.canvas.split.Cut;
import giga.canvas.split.PieceNames;
import giga.redraw.Result;
import giga.redraw.Sheet;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Writes what a picture becomes: its own file, its pieces and its prints. All is computed from the picture where it is read; each file
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
        for (Sheet sheet : result.sheets()) {
            Path file = Path.of(sheet.file());
            printing(sheet, size).check(file);
            if (!replacing && Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                throw new PictureException(file + " exists; give the print another output, or --force to replace it");
        }
        for (Path file : result.finish().texture().file().stream().toList())
            try (PictureFile texture = PictureFile.open(file)) {
                // That it can be opened is all that is asked here.
                texture.info();
            }
    }

    private Printing printing(Sheet sheet, Region size) {
        return new Printing(sheet.print(), size.width(), size.height(), metadata.icc(), metadata.dpi());
    }

    /** Rows that {@link #write} tells of in all. */
    public int rows(Region canvas) {
        Region size = result.size(canvas);
        int printed = result.sheets().stream()
                .mapToInt(sheet -> printing(sheet, size).rows(Path.of(sheet.file())))
                .sum();
        return size.height() * (1 + result.pieces().size()) + printed;
    }

    /**
     * Writes all of it.
     *
     * @param files gives the picture of a texture's file, to be read by regions until this is done
     * @param rowsDone told how many rows are written so far; may throw to cancel
     */
    public void write(Picture canvas, Function<Path, Picture> files, IntConsumer rowsDone) {
        Picture picture = result.of(canvas, files);
        PictureWriter.write(picture, output, metadata, rowsDone);
        int done = picture.height();
        for (Cut cut : result.pieces()) {
            int before = done;
            new PictureSet(byName(cut, cut.of(picture)), metadata)
                    .write(pixels -> rowsDone.accept(before + (int) (pixels / picture.width())));
            done += picture.height();
        }
        for (Sheet sheet : result.sheets()) {
            int before = done;
            Path file = Path.of(sheet.file());
            Printing printing = printing(sheet, picture.bounds());
            printing.write(picture, file, rows -> rowsDone.accept(before + rows));
            done += printing.rows(file);
        }
    }

    /** The files, the whole first. */
    public List<Path> files(Region canvas) {
        Region size = result.size(canvas);
        List<Path> files = new ArrayList<>(List.of(output));
        for (Cut cut : result.pieces())
            files.addAll(byName(cut, cut.regions(size.width(), size.height())).keySet());
        for (Sheet sheet : result.sheets()) files.add(Path.of(sheet.file()));
        return files;
    }

    /** What is done, a sentence for each step. */
    public List<String> words(Region canvas) {
        Region size = result.size(canvas);
        List<String> words = new ArrayList<>();
        if (!size.equals(canvas)) words.add("brought to %dx%d by Lanczos".formatted(size.width(), size.height()));
        if (!result.finish().changesNothing()) words.add("finished: " + result.finish());
        List<Path> files = files(canvas);
        int pieces = files.size() - 1 - result.sheets().size();
        words.add("written: %s, %dx%d".formatted(files.getFirst().getFileName(), size.width(), size.height()));
        if (pieces > 0)
            words.add("cut into %d pieces: %s to %s"
                    .formatted(
                            pieces,
                            files.get(1).getFileName(),
                            files.get(pieces).getFileName()));
        for (Sheet sheet : result.sheets()) {
            Printing printing = printing(sheet, size);
            words.add(String.format(
                    Locale.ROOT,
                    "printed: %s, %dx%d, %.1f dpi, %s",
                    Path.of(sheet.file()).getFileName(),
                    printing.width(),
                    printing.height(),
                    printing.dpi(),
                    printing.channels() == 4 ? "CMYK" : printing.channels() == 1 ? "grey" : "RGB"));
        }
        return words;
    }

    private <T> Map<Path, T> byName(Cut cut, List<T> pieces) {
        List<Path> names = PieceNames.of(output, output).files(pieces.size());
        Map<Path, T> named = new LinkedHashMap<>();
        for (int i = 0; i < pieces.size(); i++) named.put(names.get(i), pieces.get(i));
        return named;
    }
}
