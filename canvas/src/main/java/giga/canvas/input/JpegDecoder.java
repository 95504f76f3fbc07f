package giga.canvas.input;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** JPEG by the JDK's decoder, streamed: grey and colour in one go, CMYK and YCCK in bands. */
final class JpegDecoder implements RowDecoder {
    private final FileChannel file;
    private final JpegSegments segments;
    private final Optional<byte[]> icc;

    JpegDecoder(FileChannel file) throws IOException {
        this.file = file;
        this.segments = JpegSegments.read(FileBytes.of(file));
        this.icc = segments.icc();
    }

    @Override
    public Header header() {
        return new Header(
                PictureFormat.JPEG,
                segments.width(),
                segments.height(),
                8,
                segments.components(),
                segments.orientation(),
                segments.dpi(),
                icc,
                segments.texts());
    }

    @Override
    public boolean holdsWhole() {
        return segments.severalScans();
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        long pixels = (long) segments.width() * segments.height();
        // The decoder holds all coefficients, and draws the whole picture after every scan.
        int scans = segments.severalScans() ? JpegScans.count(file, segments.scanPosition()) : 1;
        if (segments.severalScans()) Limits.checkWhole("a progressive JPEG", pixels * segments.components() * 2);
        if (pixels > Integer.MAX_VALUE - 2)
            throw new UnreadableException(
                    "it has more than 2^31 pixels, too many for a JPEG here", "Convert it to PNG or tiled TIFF.");
        ImageReader reader = jdkReader();
        try (SplicedStream stream = new SplicedStream.Strict(segments.decoderHeader(), file, segments.scanPosition())) {
            reader.setInput(stream, false, true);
            if (segments.components() == 4) decodeInk(reader, rows);
            else decodeColour(reader, scans, rows);
        } finally {
            reader.dispose();
        }
    }

    static ImageReader jdkReader() throws IOException {
        for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName("jpeg"); all.hasNext(); ) {
            ImageReader reader = all.next();
            if (reader.getClass().getModule().equals(ImageIO.class.getModule())) return reader;
        }
        throw new UnreadableException(
                "this Java has no JPEG decoder", "Use a full JDK or JRE with the module java.desktop.");
    }

    private void decodeColour(ImageReader reader, int scans, RowSink rows) throws IOException {
        int bands = segments.components();
        byte[] rgb = new byte[3 * segments.width()];
        IccProfiles.ToSrgb grey =
                IccProfiles.toSrgb(icc, IccProfiles.Space.GREY).orElse(Samples::greyToRgb);
        var raster = new RowRaster(segments.width(), segments.height(), bands, scans, samples -> {
            if (bands == 1) grey.convert(samples, rgb, segments.width());
            rows.row(bands == 1 ? rgb : samples, 0);
        });
        ColorSpace space = ColorSpace.getInstance(bands == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        ColorModel model = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(model, raster, false, null));
        reader.read(0, param);
    }

    private void decodeInk(ImageReader reader, RowSink rows) throws IOException {
        int width = segments.width();
        int bandRows = inkRows();
        IccProfiles.ToSrgb toSrgb =
                IccProfiles.toSrgb(icc, IccProfiles.Space.CMYK).orElse(Samples::cmykToRgb);
        byte[] ink = new byte[4 * width];
        byte[] rgb = new byte[3 * width];
        for (int y = 0; y < segments.height(); y += bandRows) {
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(new Rectangle(0, y, width, Math.min(bandRows, segments.height() - y)));
            Raster band = reader.readRaster(0, param);
            byte[] stored = ((DataBufferByte) band.getDataBuffer()).getData();
            for (int row = 0; row < band.getHeight(); row++) {
                System.arraycopy(stored, row * ink.length, ink, 0, ink.length);
                if (segments.lumaChroma()) ycckToCmyk(ink);
                if (segments.invertedInk()) for (int i = 0; i < ink.length; i++) ink[i] = (byte) ~ink[i];
                toSrgb.convert(ink, rgb, width);
                rows.row(rgb, 0);
            }
        }
    }

    /** Every band is decoded from the top of the file, and after every scan: few and large bands, and only one where there are scans. */
    private int inkRows() {
        long bytes = segments.severalScans()
                ? Integer.MAX_VALUE - 16
                : Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 8);
        return (int) Math.clamp(bytes / (4L * segments.width()), 16, segments.height() + 16L);
    }

    /** Luma and chroma (JFIF's equations) of the complement; black stays. */
    private static void ycckToCmyk(byte[] samples) {
        for (int i = 0; i < samples.length; i += 4) {
            int y = samples[i] & 0xFF;
            int cb = (samples[i + 1] & 0xFF) - 128;
            int cr = (samples[i + 2] & 0xFF) - 128;
            samples[i] = complement(y + 1.402 * cr);
            samples[i + 1] = complement(y - 0.344136 * cb - 0.714136 * cr);
            samples[i + 2] = complement(y + 1.772 * cb);
        }
    }

    private static byte complement(double light) {
        return (byte) (255 - Math.clamp(Math.round(light), 0, 255));
    }
}
