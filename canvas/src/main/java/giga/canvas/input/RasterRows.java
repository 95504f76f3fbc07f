package giga.canvas.input;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * Rows of a decoded image as 8-bit RGB. The samples are taken as they stand: the JDK's own conversion would treat grey as linear light
 * and apply RGB profiles.
 */
final class RasterRows {
    private final Optional<IccProfiles.ToSrgb> fromCmyk;
    private final Optional<IccProfiles.ToSrgb> fromGrey;

    /** @param icc the file's profile, used where it is one for grey or CMYK and the samples are such */
    RasterRows(Optional<byte[]> icc) {
        this.fromCmyk = IccProfiles.toSrgb(icc, IccProfiles.Space.CMYK);
        this.fromGrey = IccProfiles.toSrgb(icc, IccProfiles.Space.GREY);
    }

    void deliver(BufferedImage image, RowSink rows) {
        byte[] rgb = new byte[3 * image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            if (image.getColorModel() instanceof IndexColorModel palette)
                paletteRow(image.getRaster(), palette, y, rgb);
            else if (image.getSampleModel().getNumBands()
                    == image.getSampleModel().getNumDataElements()) componentRow(image, y, rgb);
            else packedRow(image, y, rgb);
            rows.row(rgb, 0);
        }
    }

    private static void paletteRow(Raster raster, IndexColorModel palette, int y, byte[] rgb) {
        int[] index = raster.getSamples(0, y, raster.getWidth(), 1, 0, (int[]) null);
        for (int x = 0; x < index.length; x++)
            putArgb(index[x] < palette.getMapSize() ? palette.getRGB(index[x]) : 0, rgb, x);
    }

    private static void packedRow(BufferedImage image, int y, byte[] rgb) {
        int[] argb = image.getRGB(0, y, image.getWidth(), 1, null, 0, image.getWidth());
        for (int x = 0; x < argb.length; x++) putArgb(argb[x], rgb, x);
    }

    private static void putArgb(int argb, byte[] rgb, int x) {
        for (int c = 0; c < 3; c++) rgb[3 * x + c] = Samples.overWhite(argb >> 16 - 8 * c & 0xFF, argb >>> 24);
    }

    private void componentRow(BufferedImage image, int y, byte[] rgb) {
        ColorModel model = image.getColorModel();
        int width = image.getWidth();
        int colours = model.getNumColorComponents();
        int bands = image.getRaster().getNumBands();
        byte[] all = eightBit(image.getRaster(), y);
        byte[] colour = bands == colours ? all : firstBands(all, bands, colours, width);
        switch (colours) {
            case 1 -> fromGrey.orElse(Samples::greyToRgb).convert(colour, rgb, width);
            case 3 -> System.arraycopy(colour, 0, rgb, 0, rgb.length);
            case 4 -> fromCmyk.orElse(Samples::cmykToRgb).convert(colour, rgb, width);
            default -> throw new IllegalArgumentException("it has " + colours + " colour channels");
        }
        if (!model.hasAlpha()) return;
        for (int i = 0; i < rgb.length; i++) {
            int alpha = all[i / 3 * bands + colours] & 0xFF;
            int value = rgb[i] & 0xFF;
            rgb[i] = model.isAlphaPremultiplied()
                    ? (byte) Math.min(255, value + 255 - alpha)
                    : Samples.overWhite(value, alpha);
        }
    }

    private static byte[] firstBands(byte[] all, int bands, int colours, int width) {
        byte[] first = new byte[colours * width];
        for (int x = 0; x < width; x++) System.arraycopy(all, x * bands, first, x * colours, colours);
        return first;
    }

    /** The samples of a row, interleaved, scaled from their depth to 8 bits. */
    private static byte[] eightBit(Raster raster, int y) {
        int bits = raster.getSampleModel().getSampleSize(0);
        int type = raster.getTransferType();
        if (type == DataBuffer.TYPE_BYTE && bits == 8)
            return (byte[]) raster.getDataElements(0, y, raster.getWidth(), 1, null);
        byte[] samples = new byte[raster.getWidth() * raster.getNumBands()];
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            float[] values = raster.getPixels(0, y, raster.getWidth(), 1, (float[]) null);
            for (int i = 0; i < samples.length; i++)
                samples[i] = (byte) Math.round(255 * Math.clamp(values[i], 0f, 1f));
        } else {
            int[] values = raster.getPixels(0, y, raster.getWidth(), 1, (int[]) null);
            long max = (1L << bits) - 1;
            for (int i = 0; i < samples.length; i++) samples[i] = (byte) Samples.toByte(values[i] & max, max);
        }
        return samples;
    }
}
