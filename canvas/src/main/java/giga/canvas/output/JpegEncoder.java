package giga.canvas.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import giga.canvas.input.PictureInfo;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** JPEG of quality 95 without chroma subsampling, by the JDK's encoder, which is fed row by row. */
final class JpegEncoder {
    private static final float QUALITY = 0.95f;
    private static final int START_OF_IMAGE_AND_JFIF = 2 + 18;
    private static final int ICC_BYTES_PER_SEGMENT = 65533 - 14;
    static final byte[] UNICODE = {'U', 'N', 'I', 'C', 'O', 'D', 'E', 0};
    private static final int EXIF_DIRECTORY = 0x8769;
    static final int USER_COMMENT = 0x9286;
    private static final int LONG = 4;
    private static final int UNDEFINED = 7;
    /** The TIFF header and two directories of one field each. */
    private static final int EXIF_HEADER_BYTES = 8 + 18 + 18;

    static final int MAX_COMMENT_BYTES = 65533 - 6 - EXIF_HEADER_BYTES - 8;
    private static final String JPEG_TREE = "javax_imageio_jpeg_image_1.0";

    private JpegEncoder() {}

    static void write(PictureRows rows, OutputStream out, PictureMetadata metadata) throws IOException {
        putHeader(out, metadata);
        ImageWriter writer = jdkWriter();
        try (var rest = new ForwardingImageStream(out, START_OF_IMAGE_AND_JFIF)) {
            writer.setOutput(rest);
            ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
            ColorModel model = new ComponentColorModel(srgb, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
            BufferedImage image = new BufferedImage(model, new RowSourceRaster(rows), false, null);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, fullChroma(writer, param)), param);
        } finally {
            writer.dispose();
        }
    }

    private static ImageWriter jdkWriter() throws IOException {
        for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName("jpeg"); all.hasNext(); ) {
            ImageWriter writer = all.next();
            if (writer.getClass().getModule().equals(ImageIO.class.getModule())) return writer;
        }
        throw new IOException("this Java has no JPEG encoder");
    }

    private static IIOMetadata fullChroma(ImageWriter writer, ImageWriteParam param) throws IIOInvalidTreeException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR), param);
        Node tree = metadata.getAsTree(JPEG_TREE);
        NodeList components = ((Element) tree).getElementsByTagName("componentSpec");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            component.setAttribute("HsamplingFactor", "1");
            component.setAttribute("VsamplingFactor", "1");
        }
        metadata.setFromTree(JPEG_TREE, tree);
        return metadata;
    }

    /** The JDK writes neither a profile over 64 KiB nor one it cannot parse, hence this beginning in place of its own. */
    private static void putHeader(OutputStream out, PictureMetadata metadata) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        int dpi = (int) Math.round(metadata.dpi().orElse(0));
        data.writeInt(0xFFD8FFE0);
        data.writeShort(16);
        data.write("JFIF\0\1\2".getBytes(ISO_8859_1));
        data.writeByte(dpi > 0 ? 1 : 0);
        data.writeShort(Math.max(1, dpi));
        data.writeShort(Math.max(1, dpi));
        data.writeShort(0);
        String comment = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "");
        if (!comment.isEmpty()) putComment(data, comment);
        byte[] icc = metadata.icc().orElse(new byte[0]);
        int parts = (icc.length + ICC_BYTES_PER_SEGMENT - 1) / ICC_BYTES_PER_SEGMENT;
        if (parts > 255) throw new IOException("an ICC profile of " + icc.length + " bytes does not fit into a JPEG");
        for (int part = 0; part < parts; part++) {
            int start = part * ICC_BYTES_PER_SEGMENT;
            int length = Math.min(ICC_BYTES_PER_SEGMENT, icc.length - start);
            data.writeShort(0xFFE2);
            data.writeShort(2 + 14 + length);
            data.write("ICC_PROFILE\0".getBytes(ISO_8859_1));
            data.writeByte(part + 1);
            data.writeByte(parts);
            data.write(icc, start, length);
        }
        data.flush();
    }

    /** An EXIF block (a big-endian TIFF) whose first directory points to one with nothing but the user's comment. */
    private static void putComment(DataOutputStream data, String comment) throws IOException {
        byte[] text = comment.getBytes(UTF_16BE);
        if (text.length > MAX_COMMENT_BYTES)
            throw new IOException("a text of " + comment.length() + " characters does not fit into a JPEG");
        int bytes = UNICODE.length + text.length;
        data.writeShort(0xFFE1);
        data.writeShort(2 + 6 + EXIF_HEADER_BYTES + bytes);
        data.write("Exif\0\0MM\0*".getBytes(ISO_8859_1));
        data.writeInt(8);
        putDirectory(data, EXIF_DIRECTORY, LONG, 1, 26);
        putDirectory(data, USER_COMMENT, UNDEFINED, bytes, EXIF_HEADER_BYTES);
        data.write(UNICODE);
        data.write(text);
    }

    /** A directory of one field, the last of its chain. */
    private static void putDirectory(DataOutputStream data, int tag, int type, int count, int value)
            throws IOException {
        data.writeShort(1);
        data.writeShort(tag);
        data.writeShort(type);
        data.writeInt(count);
        data.writeInt(value);
        data.writeInt(0);
    }
}
