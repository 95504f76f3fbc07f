package giga.canvas.dataset;

import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * What is counted over a cell of a picture: light, colour, and how neighbouring pixels differ. Whole numbers alone, so that the sums of
 * parts add up to the same in any order.
 */
final class CellSums {
    /** Bounds of the classes that differences of grey levels are counted in: as many below a level as above. */
    static final int CLASSES = 16;

    private static final int[] LINEAR = new int[256];
    private static final int[] CLASS = new int[256];

    /** What is so dark or bright, and so even, is the table a picture lay on, or paper around it. */
    private static final int DARK = 16;

    private static final int BRIGHT = 250;
    private static final int EVEN = 2;

    static {
        for (int i = 0; i < 256; i++) {
            double c = i / 255.0;
            LINEAR[i] = (int) Math.round(65535 * (c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4)));
            CLASS[i] = Math.min(CLASSES - 1, (int) Math.round(2 * StrictMath.log(1 + i) / StrictMath.log(2)));
        }
    }

    long pixels;
    /** Light of each primary, 65535 a pixel at most. */
    long red;

    long green;
    long blue;
    long luma;
    long lumaSquares;
    /** Pixels whose neighbours to the right and below were seen. */
    long steps;
    /** Differences of grey levels to these neighbours, without their signs. */
    long across;

    long down;
    /** The structure tensor: products of the slopes. */
    long xx;

    long yy;
    long xy;
    /** Pixels of an even margin. */
    long margin;

    final int[] differences = new int[CLASSES];

    /** Adds the pixels of a region. */
    void add(Pixels from, Region region) {
        byte[] rgb = from.rgb();
        int[] above = new int[region.width()];
        int[] here = new int[region.width()];
        for (int y = region.y(); y < region.bottom(); y++) {
            addColours(rgb, 3 * (y * from.width() + region.x()), here);
            if (y > region.y()) addSteps(above, here);
            int[] next = above;
            above = here;
            here = next;
        }
        pixels += region.area();
    }

    private void addColours(byte[] rgb, int at, int[] lumas) {
        long r = 0;
        long g = 0;
        long b = 0;
        long sum = 0;
        long squares = 0;
        for (int i = 0; i < lumas.length; i++, at += 3) {
            int sampleRed = rgb[at] & 0xFF;
            int sampleGreen = rgb[at + 1] & 0xFF;
            int sampleBlue = rgb[at + 2] & 0xFF;
            r += LINEAR[sampleRed];
            g += LINEAR[sampleGreen];
            b += LINEAR[sampleBlue];
            // Rec. 601.
            int grey = (19595 * sampleRed + 38470 * sampleGreen + 7471 * sampleBlue + 0x8000) >> 16;
            lumas[i] = grey;
            sum += grey;
            squares += grey * grey;
        }
        red += r;
        green += g;
        blue += b;
        luma += sum;
        lumaSquares += squares;
    }

    private void addSteps(int[] above, int[] here) {
        long sumX = 0;
        long sumY = 0;
        long sumXx = 0;
        long sumYy = 0;
        long sumXy = 0;
        int even = 0;
        for (int i = 0; i + 1 < above.length; i++) {
            int grey = above[i];
            int dx = above[i + 1] - grey;
            int dy = here[i] - grey;
            int sizeX = Math.abs(dx);
            int sizeY = Math.abs(dy);
            sumX += sizeX;
            sumY += sizeY;
            // Over two rows and columns: single differences share a pixel, and noise alone would seem to run askew.
            int alsoX = here[i + 1] - here[i];
            int wideX = dx + alsoX;
            int wideY = dy + here[i + 1] - above[i + 1];
            sumXx += wideX * wideX;
            sumYy += wideY * wideY;
            sumXy += wideX * wideY;
            differences[CLASS[sizeX]]++;
            differences[CLASS[sizeY]]++;
            if ((grey < DARK || grey > BRIGHT) && sizeX <= EVEN && sizeY <= EVEN) even++;
        }
        across += sumX;
        down += sumY;
        xx += sumXx;
        yy += sumYy;
        xy += sumXy;
        margin += even;
        steps += above.length - 1;
    }

    void add(CellSums part) {
        pixels += part.pixels;
        red += part.red;
        green += part.green;
        blue += part.blue;
        luma += part.luma;
        lumaSquares += part.lumaSquares;
        steps += part.steps;
        across += part.across;
        down += part.down;
        xx += part.xx;
        yy += part.yy;
        xy += part.xy;
        margin += part.margin;
        for (int i = 0; i < CLASSES; i++) differences[i] += part.differences[i];
    }
}
