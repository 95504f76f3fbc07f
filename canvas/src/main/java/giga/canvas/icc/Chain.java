package giga.canvas.icc;

import giga.canvas.PictureException;
import java.awt.color.CMMException;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;
import java.util.stream.IntStream;

/** Profiles through which LittleCMS takes colours one after the other, unrounded in between; for several threads. */
final class Chain {
    private final ColorConvertOp op;
    private final int in;
    private final int out;
    private final String names;

    /** @param names of the profiles, for messages */
    Chain(String names, List<ICC_Profile> links) {
        this.names = names;
        this.op = new ColorConvertOp(links.toArray(ICC_Profile[]::new), null);
        this.in = links.getFirst().getNumComponents();
        this.out = links.getLast().getNumComponents();
    }

    int channels() {
        return out;
    }

    /** @param colours interleaved, 0 to 255 */
    byte[] convert(byte[] colours) {
        int count = colours.length / in;
        byte[] result = new byte[count * out];
        run(
                raster(new DataBufferByte(colours, colours.length), count, in),
                raster(new DataBufferByte(result, result.length), count, out));
        return result;
    }

    /** @param colours interleaved, 0 to 65535 */
    short[] convert(short[] colours) {
        int count = colours.length / in;
        short[] result = new short[count * out];
        run(
                raster(new DataBufferUShort(colours, colours.length), count, in),
                raster(new DataBufferUShort(result, result.length), count, out));
        return result;
    }

    private void run(WritableRaster from, WritableRaster to) {
        try {
            op.filter(from, to);
        } catch (CMMException | IllegalArgumentException e) {
            throw new PictureException(
                    names + ": LittleCMS cannot convert with these profiles (" + e.getMessage() + "). Give another.",
                    e);
        }
    }

    private static WritableRaster raster(DataBuffer colours, int count, int channels) {
        return Raster.createInterleavedRaster(
                colours,
                count,
                1,
                count * channels,
                channels,
                IntStream.range(0, channels).toArray(),
                null);
    }
}
