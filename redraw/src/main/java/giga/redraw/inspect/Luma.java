package giga.redraw.inspect;

import giga.canvas.Pixels;

/** Brightness as Rec. 601 has it, in the integers that Pillow makes of it: 0 to 255, rounded. */
final class Luma {
    private Luma() {}

    /** Row by row, as many values as pixels. */
    static int[] of(Pixels pixels) {
        byte[] rgb = pixels.rgb();
        int[] luma = new int[pixels.width() * pixels.height()];
        for (int i = 0; i < luma.length; i++)
            luma[i] = of(rgb[3 * i] & 0xFF, rgb[3 * i + 1] & 0xFF, rgb[3 * i + 2] & 0xFF);
        return luma;
    }

    /** Weights in 65536ths. */
    static int of(int red, int green, int blue) {
        return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
    }
}
