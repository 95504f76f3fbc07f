package giga.canvas.input;

/** The arithmetic of samples on their way to 8-bit RGB over white. */
final class Samples {
    private Samples() {}

    /** A sample of any depth as 8 bits, rounded to nearest. */
    static int toByte(long value, long max) {
        return (int) ((value * 255 + max / 2) / max);
    }

    /** A colour sample with alpha, both 0 to 255, laid over white. */
    static byte overWhite(int colour, int alpha) {
        return (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    static void greyToRgb(byte[] grey, byte[] rgb, int pixels) {
        for (int i = 0, o = 0; i < pixels; i++) {
            rgb[o++] = grey[i];
            rgb[o++] = grey[i];
            rgb[o++] = grey[i];
        }
    }

    /** Ink amounts (0 none, 255 full) without a profile: each colour is what its ink and black let through. */
    static void cmykToRgb(byte[] cmyk, byte[] rgb, int pixels) {
        for (int i = 0, o = 0; i < 4 * pixels; i += 4) {
            int white = 255 - (cmyk[i + 3] & 0xFF);
            for (int c = 0; c < 3; c++) rgb[o++] = (byte) (((255 - (cmyk[i + c] & 0xFF)) * white + 127) / 255);
        }
    }
}
