package giga.canvas.input;

import giga.canvas.Pixels;

/** Takes blocks of pixels whose upper left corner is at (x, y). */
@FunctionalInterface
interface BlockSink {
    void write(int x, int y, Pixels block);
}
