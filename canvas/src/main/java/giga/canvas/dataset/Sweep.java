package giga.canvas.dataset;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.output.Halving;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Looks at a whole picture once, block by block, at all scales, and keeps what is counted in each cell: about a thousandth of the
 * picture. A place is four cells.
 */
final class Sweep {
    /** Side of what is read at a time: several chunks of a stored picture, and little memory. */
    private static final int READ = 1536;

    private final Picture picture;
    private final Cropping cropping;
    private final List<Cells> levels = new ArrayList<>();
    private final int readCells;
    private final int blockCells;

    Sweep(Picture picture, Cropping cropping) {
        this.picture = picture;
        this.cropping = cropping;
        for (int scale : cropping.scales()) levels.add(new Cells(picture, cropping.cell(), scale));
        this.readCells = Math.max(1, Integer.highestOneBit(READ / cropping.cell()));
        // A cell of any scale lies in one block, so that one thread alone adds to it.
        this.blockCells = Math.max(readCells, cropping.scales().getLast());
    }

    /**
     * The places that are worth cutting, from the top, smallest scale first.
     *
     * @param number of the picture
     * @param rowsDone told how many rows were seen; may throw to stop
     */
    List<Candidate> candidates(int number, IntConsumer rowsDone) {
        int side = blockCells * cropping.cell();
        for (int y = 0; y < picture.height(); y += side) {
            int top = y;
            IntStream.range(0, Math.ceilDiv(picture.width(), side))
                    .parallel()
                    .forEach(i -> look(new Region(i * side, top, side, side).intersection(picture.bounds())));
            rowsDone.accept(Math.min(y + side, picture.height()));
        }
        List<Candidate> found = new ArrayList<>();
        for (Cells level : levels) level.collect(number, cropping, found);
        return found;
    }

    private void look(Region block) {
        int side = readCells * cropping.cell();
        for (int y = block.y(); y < block.bottom(); y += side)
            for (int x = block.x(); x < block.right(); x += side) {
                Region part = new Region(x, y, side, side).intersection(block);
                count(picture.read(part), part);
            }
    }

    private void count(Pixels pixels, Region part) {
        int reduced = 1;
        for (Cells level : levels) {
            for (; reduced < level.scale(); reduced *= 2) pixels = Halving.of(pixels);
            level.add(pixels, part, cropping.cell());
        }
    }

    /** The cells of one scale, row by row; those that the rim cuts are left out. */
    private record Cells(int scale, int columns, int rows, int side, CellSums[] sums) {
        Cells(Picture picture, int cell, int scale) {
            this(scale, picture.width() / (cell * scale), picture.height() / (cell * scale), cell * scale);
        }

        private Cells(int scale, int columns, int rows, int side) {
            this(scale, columns, rows, side, new CellSums[columns * rows]);
            for (int i = 0; i < sums.length; i++) sums[i] = new CellSums();
        }

        /** @param part where the pixels lie in the picture, before they were reduced */
        void add(Pixels pixels, Region part, int cell) {
            for (int y = part.y(); y + cell <= part.bottom(); y += cell)
                for (int x = part.x(); x + cell <= part.right(); x += cell)
                    if (y / side < rows && x / side < columns)
                        sums[y / side * columns + x / side].add(
                                pixels,
                                new Region((x - part.x()) / scale, (y - part.y()) / scale, cell / scale, cell / scale));
        }

        void collect(int picture, Cropping cropping, List<Candidate> found) {
            for (int row = 0; row + 1 < rows; row++)
                for (int column = 0; column + 1 < columns; column++) {
                    int first = row * columns + column;
                    List<CellSums> quarters =
                            List.of(sums[first], sums[first + 1], sums[first + columns], sums[first + columns + 1]);
                    CellSums whole = new CellSums();
                    quarters.forEach(whole::add);
                    Features features = Features.of(whole);
                    if (cropping.isWorthwhile(
                            features, quarters.stream().map(Features::of).toList()))
                        found.add(new Candidate(
                                picture,
                                new Region(column * side, row * side, 2 * side, 2 * side),
                                scale,
                                features,
                                quarters.stream().map(Colour::mean).toList()));
                }
        }
    }
}
