package giga.redraw;

import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How Gigadiffusion lays and batches tiles, simulated for comparison: crops of tile + padding that are pasted back whole,
 * in batches of tiles whose masks lie alike.
 */
record Predecessor(int width, int height, int tile, int padding, int batch) {
    /** Sides of all pictures here are multiples of it, as are tiles and half the padding: one flag stands for 8x8 pixels. */
    private static final int CELL = 8;

    /** A crop of the picture, and the part of it that is drawn. */
    private record Piece(Region crop, Region mask) {
        /** The mask's place inside the crop: only pieces that agree in it share a batch. */
        private Region maskInside() {
            return new Region(mask.x() - crop.x(), mask.y() - crop.y(), mask.width(), mask.height());
        }
    }

    int jobs() {
        return batches().size();
    }

    /** Share of the picture that shows what was there before, although all tiles were drawn. */
    double neverRedrawn() {
        boolean[][] drawn = new boolean[height / CELL][width / CELL];
        for (List<Piece> batch : batches()) {
            // A batch is cropped before any of it is pasted.
            List<boolean[][]> crops =
                    batch.stream().map(piece -> redrawn(piece, drawn)).toList();
            for (int i = 0; i < batch.size(); i++)
                paste(crops.get(i), batch.get(i).crop(), drawn);
        }
        long stale = 0;
        for (boolean[] row : drawn)
            stale += IntStream.range(0, row.length).filter(x -> !row[x]).count();
        return (double) stale * CELL * CELL / ((long) width * height);
    }

    private List<List<Piece>> batches() {
        List<List<Piece>> batches = new ArrayList<>();
        for (int colour = 0; colour < 2; colour++) {
            List<Piece> open = new ArrayList<>();
            for (int row = 0; row < Math.ceilDiv(height, tile); row++) {
                for (int column = (row + colour) % 2; column < Math.ceilDiv(width, tile); column += 2) {
                    Piece next = piece(column, row);
                    boolean fits = open.size() < batch
                            && open.stream()
                                    .allMatch(piece -> piece.maskInside().equals(next.maskInside()));
                    if (!fits) {
                        batches.add(open);
                        open = new ArrayList<>();
                    }
                    open.add(next);
                }
            }
            if (!open.isEmpty()) batches.add(open);
        }
        return batches;
    }

    private Piece piece(int column, int row) {
        int x = start(column, width);
        int y = start(row, height);
        int side = tile + padding;
        int right = Math.min(width, (column + 1) * tile);
        int bottom = Math.min(height, (row + 1) * tile);
        return new Piece(
                new Region(x, y, side, side),
                new Region(column * tile, row * tile, right - column * tile, bottom - row * tile));
    }

    private int start(int index, int length) {
        if (index == 0) return 0;
        return index < Math.ceilDiv(length, tile) - 1 ? index * tile - padding / 2 : length - tile - padding;
    }

    private static boolean[][] redrawn(Piece piece, boolean[][] drawn) {
        Region crop = piece.crop();
        boolean[][] cells = new boolean[crop.height() / CELL][crop.width() / CELL];
        for (int y = 0; y < cells.length; y++) {
            for (int x = 0; x < cells[y].length; x++) {
                int atX = crop.x() + x * CELL;
                int atY = crop.y() + y * CELL;
                boolean inMask = piece.mask().contains(new Region(atX, atY, 1, 1));
                cells[y][x] = inMask || drawn[atY / CELL][atX / CELL];
            }
        }
        return cells;
    }

    private static void paste(boolean[][] cells, Region crop, boolean[][] drawn) {
        for (int y = 0; y < cells.length; y++)
            System.arraycopy(cells[y], 0, drawn[crop.y() / CELL + y], crop.x() / CELL, cells[y].length);
    }
}
