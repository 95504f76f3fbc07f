package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * How stored pixels are turned to be seen, EXIF tag 0x0112: first {@code transposed} (rows become columns), then mirrored.
 *
 * @param transposed width and height change places
 * @param mirroredX left and right change places, after transposition
 * @param mirroredY top and bottom change places, after transposition
 */
record Orientation(boolean transposed, boolean mirroredX, boolean mirroredY) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** Upright for everything but 2 to 8, as viewers do. */
    static Orientation ofExif(long value) {
        return switch ((int) value) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, true, false);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, false, true);
            default -> UPRIGHT;
        };
    }

    int width(int storedWidth, int storedHeight) {
        return transposed ? storedHeight : storedWidth;
    }

    int height(int storedWidth, int storedHeight) {
        return transposed ? storedWidth : storedHeight;
    }

    /** Whether the first stored row is seen last (as the bottom row or the right-hand column). */
    boolean lastRowFirst() {
        return transposed ? mirroredX : mirroredY;
    }

    /** Where stored rows {@code y} to {@code y + rows - 1} are seen. */
    Region place(int y, int rows, int storedWidth, int storedHeight) {
        int start = lastRowFirst() ? storedHeight - y - rows : y;
        return transposed ? new Region(start, 0, rows, storedWidth) : new Region(0, start, storedWidth, rows);
    }

    /** Where the pixels seen in {@code seen} are stored. */
    Region stored(Region seen, int storedWidth, int storedHeight) {
        int x = mirroredX ? width(storedWidth, storedHeight) - seen.right() : seen.x();
        int y = mirroredY ? height(storedWidth, storedHeight) - seen.bottom() : seen.y();
        return transposed
                ? new Region(y, x, seen.height(), seen.width())
                : new Region(x, y, seen.width(), seen.height());
    }

    Pixels turn(Pixels stored) {
        if (equals(UPRIGHT)) return stored;
        Pixels seen = new Pixels(width(stored.width(), stored.height()), height(stored.width(), stored.height()));
        byte[] from = stored.rgb();
        byte[] to = seen.rgb();
        for (int y = 0, i = 0; y < stored.height(); y++) {
            for (int x = 0; x < stored.width(); x++, i += 3) {
                int seenX = transposed ? y : x;
                int seenY = transposed ? x : y;
                if (mirroredX) seenX = seen.width() - 1 - seenX;
                if (mirroredY) seenY = seen.height() - 1 - seenY;
                int j = 3 * (seenY * seen.width() + seenX);
                to[j] = from[i];
                to[j + 1] = from[i + 1];
                to[j + 2] = from[i + 2];
            }
        }
        return seen;
    }
}
