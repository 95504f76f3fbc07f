package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;

/** ICC profiles (ICC.1): what they describe, and conversion of grey and CMYK samples to sRGB by the JDK's LittleCMS. */
final class IccProfiles {
    /** No profile of a printer or screen is larger; what claims to be is hostile. */
    static final int MAX_BYTES = 64 << 20;

    enum Space {
        GREY,
        RGB,
        CMYK,
        OTHER
    }

    private IccProfiles() {}

    /** The colour space in the profile's header; OTHER for what is no profile. */
    static Space space(byte[] icc) {
        if (icc.length < 128 || !new String(icc, 36, 4, ISO_8859_1).equals("acsp")) return Space.OTHER;
        return switch (new String(icc, 16, 4, ISO_8859_1)) {
            case "GRAY" -> Space.GREY;
            case "RGB " -> Space.RGB;
            case "CMYK" -> Space.CMYK;
            default -> Space.OTHER;
        };
    }

    /** Turns interleaved 8-bit samples of one row into RGB. */
    interface ToSrgb {
        void convert(byte[] samples, byte[] rgb, int pixels);
    }

    /** A conversion by the profile; empty where there is none, it is for another colour space or cannot be used. */
    static Optional<ToSrgb> toSrgb(Optional<byte[]> icc, Space space) {
        if (icc.isEmpty() || space(icc.get()) != space) return Optional.empty();
        int bands = space == Space.CMYK ? 4 : 1;
        try {
            ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
            var op = new ColorConvertOp(new ICC_Profile[] {ICC_Profile.getInstance(icc.get()), srgb}, null);
            ToSrgb conversion = (samples, rgb, pixels) -> {
                // One at a time: what the operation keeps is not made for several threads.
                synchronized (op) {
                    op.filter(row(samples, pixels, bands), row(rgb, pixels, 3));
                }
            };
            conversion.convert(new byte[bands], new byte[3], 1);
            return Optional.of(conversion);
        } catch (CMMException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static WritableRaster row(byte[] samples, int pixels, int bands) {
        int[] offsets = bands == 1 ? new int[] {0} : bands == 3 ? new int[] {0, 1, 2} : new int[] {0, 1, 2, 3};
        var buffer = new DataBufferByte(samples, pixels * bands);
        return Raster.createInterleavedRaster(buffer, pixels, 1, pixels * bands, bands, offsets, null);
    }
}
