package giga.canvas.input;

import static giga.canvas.input.TiffDirectory.*;

import java.io.IOException;
import java.util.stream.LongStream;

/**
 * What the samples of a TIFF's pixel mean.
 *
 * @param colours leading samples that are colour; of the others only the first counts, if it is said to be alpha
 * @param palette RGB by index; empty where there is none
 */
record TiffColours(int channels, int colours, Alpha alpha, boolean inverted, byte[] palette, IccProfiles.ToSrgb toRgb) {
    private static final int ASSOCIATED = 1;
    private static final int UNASSOCIATED = 2;

    enum Alpha {
        NONE,
        PREMULTIPLIED,
        STRAIGHT
    }

    static TiffColours of(TiffDirectory tiff, TiffLayout layout) throws IOException {
        int colours = switch (layout.photometric()) {
            case 2, TiffLayout.LUMA_CHROMA -> 3;
            case TiffLayout.CMYK -> 4;
            default -> 1;
        };
        var icc = tiff.bytes(ICC, IccProfiles.MAX_BYTES);
        IccProfiles.ToSrgb toRgb = switch (colours) {
            case 1 -> IccProfiles.toSrgb(icc, IccProfiles.Space.GREY).orElse(Samples::greyToRgb);
            case 4 -> IccProfiles.toSrgb(icc, IccProfiles.Space.CMYK).orElse(Samples::cmykToRgb);
            default -> (samples, rgb, pixels) -> System.arraycopy(samples, 0, rgb, 0, 3 * pixels);
        };
        long extra = layout.channels() > colours ? tiff.number(EXTRA_SAMPLES, 0) : 0;
        Alpha alpha = extra == ASSOCIATED ? Alpha.PREMULTIPLIED : extra == UNASSOCIATED ? Alpha.STRAIGHT : Alpha.NONE;
        boolean inverted = layout.photometric() == TiffLayout.WHITE_IS_ZERO;
        byte[] palette = layout.photometric() == TiffLayout.PALETTE ? palette(tiff) : new byte[0];
        return new TiffColours(layout.channels(), colours, alpha, inverted, palette, toRgb);
    }

    /** All reds, then all greens, then all blues, of 16 bits each: most writers leave the lower 8 zero, some old ones the upper. */
    private static byte[] palette(TiffDirectory tiff) throws IOException {
        long[] map = tiff.numbers(COLOUR_MAP);
        if (map.length != 3 * 256) throw new IOException("its palette has " + map.length / 3 + " colours, not 256");
        byte[] palette = new byte[map.length];
        int unused = LongStream.of(map).max().orElse(0) > 255 ? 8 : 0;
        for (int i = 0; i < 256; i++)
            for (int c = 0; c < 3; c++) palette[3 * i + c] = (byte) (map[c * 256 + i] >> unused);
        return palette;
    }

    /** Interleaved samples of 8 bits become RGB over white, from pixel {@code at} of {@code rgb} on. */
    void convert(byte[] samples, int pixels, byte[] rgb, int at) {
        if (channels == 3 && colours == 3) {
            System.arraycopy(samples, 0, rgb, 3 * at, 3 * pixels);
            return;
        }
        if (palette.length > 0) {
            for (int i = 0; i < pixels; i++) System.arraycopy(palette, 3 * (samples[i] & 0xFF), rgb, 3 * (at + i), 3);
            return;
        }
        byte[] colour = new byte[colours * pixels];
        for (int i = 0; i < pixels; i++)
            for (int c = 0; c < colours; c++) {
                byte value = samples[i * channels + c];
                colour[i * colours + c] = inverted ? (byte) ~value : value;
            }
        byte[] opaque = new byte[3 * pixels];
        toRgb.convert(colour, opaque, pixels);
        if (alpha != Alpha.NONE)
            for (int i = 0; i < opaque.length; i++) {
                int transparency = samples[i / 3 * channels + colours] & 0xFF;
                int value = opaque[i] & 0xFF;
                opaque[i] = alpha == Alpha.PREMULTIPLIED
                        ? (byte) Math.min(255, value + 255 - transparency)
                        : Samples.overWhite(value, transparency);
            }
        System.arraycopy(opaque, 0, rgb, 3 * at, opaque.length);
    }
}
