package giga.canvas.finish;

import giga.canvas.Pixels;
import giga.canvas.Region;

/** An endless picture; safe to read from several threads. */
interface Surface {
    /** The pixels of any region, also left of and above the origin. */
    Pixels read(Region region);
}
