package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.finish.Finish;
import giga.canvas.output.TiffCompression;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.split.Cut;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What becomes of the picture after its last pass, on its way into files.
 *
 * @param width in pixels, to which it is brought by Lanczos at last; 0 for as the last pass leaves it
 * @param height likewise
 * @param dpi stated in the file; 0 for that of the source
 * @param compression of a TIFF
 * @param finish what is done to it then
 * @param pieces that are written besides, at most one division into such
 * @param sheets that are printed besides
 */
public record Result(
        int width,
        int height,
        double dpi,
        TiffCompression compression,
        Finish finish,
        List<Cut> pieces,
        List<Sheet> sheets) {
    /** As the last pass leaves it. */
    public static final Result PLAIN =
            new Result(0, 0, 0, TiffCompression.DEFLATE, Finish.NOTHING, List.of(), List.of());

    private static final int MOST_DIVISIONS = 1;

    public Result {
        given("compression", compression);
        given("finish", finish);
        given("pieces", pieces);
        given("sheets", sheets);
        pieces = List.copyOf(pieces);
        sheets = List.copyOf(sheets);
        check(
                width >= 0 && height >= 0 && (width == 0) == (height == 0),
                "a result of %dx%d pixels: give both sides, or none",
                width,
                height);
        check(dpi == 0 || dpi >= 1 && dpi <= 65535, "dpi %s: give 1 to 65535", dpi);
        // A second one's files would have the first one's names.
        check(pieces.size() <= MOST_DIVISIONS, "%d divisions into pieces: give one", pieces.size());
    }

    /** Whether it is anything but the last pass' canvas. */
    public boolean changesPixels(Region canvas) {
        return !size(canvas).equals(canvas) || !finish.changesNothing();
    }

    /** Its size, where the last pass leaves this canvas. */
    public Region size(Region canvas) {
        return width == 0 ? canvas : new Region(0, 0, width, height);
    }

    /**
     * The picture that the last pass' canvas becomes, computed where it is read.
     *
     * @param files gives the picture of a texture's file, to be read by regions
     */
    public Picture of(Picture canvas, Function<Path, Picture> files) {
        Region size = size(canvas.bounds());
        Picture sized = size.equals(canvas.bounds())
                ? canvas
                : Resample.resized(canvas, size.width(), size.height(), Filter.LANCZOS);
        return finish.of(sized, files);
    }

    public Result sized(int wide, int high) {
        return new Result(wide, high, dpi, compression, finish, pieces, sheets);
    }

    public Result compressed(TiffCompression tiff) {
        return new Result(width, height, dpi, tiff, finish, pieces, sheets);
    }

    public Result at(double resolution) {
        return new Result(width, height, resolution, compression, finish, pieces, sheets);
    }

    public Result finished(Finish other) {
        return new Result(width, height, dpi, compression, other, pieces, sheets);
    }

    public Result printed(List<Sheet> others) {
        return new Result(width, height, dpi, compression, finish, pieces, others);
    }

    /** The same for another file, beside which its prints go too, named after it. */
    public Result besides(Path before, Path after) {
        if (before.equals(after)) return this;
        return printed(sheets.stream()
                .map(sheet -> {
                    String name = Path.of(sheet.file()).getFileName().toString();
                    String own = name.startsWith(stem(before))
                            ? name.substring(stem(before).length())
                            : "-" + name;
                    return new Sheet(after.resolveSibling(stem(after) + own).toString(), sheet.print());
                })
                .toList());
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** Files that it is made with. */
    public List<Path> files() {
        return Stream.concat(
                        finish.texture().file().stream(),
                        sheets.stream()
                                .flatMap(sheet -> sheet.print().profiles().stream())
                                .map(Path::of))
                .toList();
    }

    public Result cut(List<Cut> others) {
        return new Result(width, height, dpi, compression, finish, others, sheets);
    }
}
