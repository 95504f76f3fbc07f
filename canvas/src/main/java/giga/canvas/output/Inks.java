package giga.canvas.output;

import giga.canvas.Pixels;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The samples that a printed file holds for a picture's pixels: grey, RGB or CMYK (0 for no ink).
 *
 * @param channels of a pixel: 1, 3 or 4
 * @param ofRgb interleaved samples for interleaved RGB; called on several threads
 * @param icc the profile they are meant in
 */
public record Inks(int channels, UnaryOperator<byte[]> ofRgb, Optional<byte[]> icc) {
    public Inks {
        if (channels != 1 && channels != 3 && channels != 4) throw new IllegalArgumentException(channels + " channels");
    }

    /** The samples of rows {@code top} to {@code bottom}. */
    byte[] of(Pixels band, int top, int bottom) {
        int row = 3 * band.width();
        return ofRgb.apply(Arrays.copyOfRange(band.rgb(), top * row, bottom * row));
    }

    /** Each sample less the one before it in its row, in place: TIFF's predictor 2. */
    void difference(byte[] samples, int width) {
        int row = width * channels;
        for (int start = 0; start < samples.length; start += row)
            for (int i = start + row - 1; i >= start + channels; i--) samples[i] -= samples[i - channels];
    }
}
