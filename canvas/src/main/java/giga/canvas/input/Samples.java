package giga.canvas.input;

/** The arithmetic of samples on their way to 8-bit RGB over white. */
final class Samples {
    private Samples() {}

    /** A sample of any depth as 8 bits, rounded to nearest. */
    static int toByte(long value, long max) {
        return (int) ((value * 255 + max / 2) / max);
    }

    /** A sample of 16 bits as 8, rounded to nearest. */
    static int toByte(int value) {
        return (value * 255 + 32767) / 65535;
    }

    /** A colour sample with alpha, both 0 to 255, laid over white. */
    static byte overWhite(int colour, int alpha) {
        return (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    /** Interleaved 8-bit samples of 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGB, alpha) channels as RGB; 3 may be one array. */
    static void toRgb(byte[] samples, int channels, byte[] rgb, int pixels) {
        if (channels == 1) greyToRgb(samples, rgb, pixels);
        if (channels == 3 && samples != rgb) System.arraycopy(samples, 0, rgb, 0, 3 * pixels);
        if (channels != 2 && channels != 4) return;
        for (int i = 0, o = 0; i < pixels * channels; i += channels) {
            int alpha = samples[i + channels - 1] & 0xFF;
            for (int c = 0; c < 3; c++) rgb[o++] = overWhite(samples[channels == 2 ? i : i + c] & 0xFF, alpha);
        }
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
