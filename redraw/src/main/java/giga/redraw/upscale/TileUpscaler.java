package giga.redraw.upscale;

import giga.canvas.Pixels;
import giga.canvas.Region;

/**
 * A network that makes pictures larger by a whole factor. What becomes of a pixel depends on its neighbourhood alone, not
 * on where the window lies that it is seen in; used by one thread at a time.
 */
public interface TileUpscaler {
    /** How many pixels a side becomes for each of the input's. */
    int scale();

    /** How many pixels of input around a pixel have a say in it, as far as that can be seen in 8 bits. */
    int halo();

    /** Side of the squares of input, without their halo, that fill the machine and yet fit in memory. */
    int side();

    /** Windows begin at multiples of this, for networks that see pixels in groups. */
    int multiple();

    /** A window at {@link #scale} times its size. */
    Pixels upscale(Pixels window);

    /** A part of that, with no more work than it takes. */
    default Pixels upscale(Pixels window, Region part) {
        return upscale(window).read(part);
    }
}
