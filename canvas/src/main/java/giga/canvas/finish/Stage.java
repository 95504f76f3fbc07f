package giga.canvas.finish;

/** A step of finishing with the memory it works in: for one thread. */
interface Stage {
    /** How far around a pixel it looks. */
    default int reach() {
        return 0;
    }

    /** Changes what lies within the tile's rim, and takes its reach away from it; levels stay within 0 to 255. */
    void apply(Tile tile);
}
