package giga.redraw.inspect;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How rich the texture of a patch is: Haralick's grey level co-occurrence matrices (1973), scored as by Diffusion-4K
 * (arXiv 2503.18352). A matrix counts, for one distance and angle, how often a pixel of one level has a neighbour of
 * another there, as shares of all pairs. The score is the entropy, in bits, of how often each distinct value stands in the
 * sixteen matrices together; a flat patch has next to none.
 */
final class Cooccurrence {
    /** Side of a patch in pixels. */
    static final int SIDE = 64;

    private static final int LEVELS = 64;
    private static final int LEVEL_WIDTH = 256 / LEVELS;
    private static final int CELLS = LEVELS * LEVELS;
    /** Rows and columns to the neighbour: distances 1 to 4 at 0, 45, 90 and 135 degrees, rounded to whole pixels. */
    private static final int[][] STEPS = {
        {0, 1}, {0, 2}, {0, 3}, {0, 4},
        {1, 1}, {1, 1}, {2, 2}, {3, 3},
        {1, 0}, {2, 0}, {3, 0}, {4, 0},
        {1, -1}, {1, -1}, {2, -2}, {3, -3}
    };

    private final int[] matrix = new int[CELLS];
    private final int[] cellsWithCount = new int[SIDE * SIDE + 1];

    /**
     * @param luma of the picture that the patch lies in, 0 to 255, row by row
     * @param start index of the patch's first pixel
     * @param stride from row to row
     */
    double score(int[] luma, int start, int stride) {
        Map<Double, Integer> cellsWithShare = new TreeMap<>();
        for (int[] step : STEPS) {
            int pairs = count(luma, start, stride, step[0], step[1]);
            int highest = 0;
            for (int count : matrix) {
                cellsWithCount[count]++;
                highest = Math.max(highest, count);
            }
            for (int count = 0; count <= highest; count++)
                if (cellsWithCount[count] > 0)
                    cellsWithShare.merge((double) count / pairs, cellsWithCount[count], Integer::sum);
            Arrays.fill(cellsWithCount, 0, highest + 1, 0);
        }
        return entropy(cellsWithShare.values(), STEPS.length * CELLS);
    }

    /** Fills the matrix of one step; the number of pairs. */
    private int count(int[] luma, int start, int stride, int down, int across) {
        Arrays.fill(matrix, 0);
        int left = Math.max(0, -across);
        int right = SIDE - Math.max(0, across);
        for (int y = 0; y < SIDE - down; y++) {
            int row = start + y * stride;
            int neighbours = row + down * stride + across;
            for (int x = left; x < right; x++)
                matrix[luma[row + x] / LEVEL_WIDTH * LEVELS + luma[neighbours + x] / LEVEL_WIDTH]++;
        }
        return (SIDE - down) * (right - left);
    }

    private static double entropy(Iterable<Integer> counts, double all) {
        double bits = 0;
        for (int count : counts) bits -= count / all * (Math.log(count / all) / Math.log(2));
        return bits;
    }
}
