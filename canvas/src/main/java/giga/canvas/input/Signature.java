package giga.canvas.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** Tells a file's format by its first bytes; the suffix is never asked. */
final class Signature {
    static final int LENGTH = 512;

    private static final String CONVERT = "Convert it to PNG, TIFF, WebP or JPEG and use that file.";

    private Signature() {}

    static PictureFormat formatOf(byte[] head) throws UnreadableException {
        String text = new String(head, ISO_8859_1);
        if (text.isEmpty()) throw new UnreadableException("the file is empty", "Fetch or export it again.");
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) return PictureFormat.PNG;
        if (text.startsWith("\u00ff\u00d8\u00ff")) return PictureFormat.JPEG;
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return PictureFormat.WEBP;
        if (text.startsWith("II*\0")
                || text.startsWith("MM\0*")
                || text.startsWith("II+\0")
                || text.startsWith("MM\0+")) return PictureFormat.TIFF;
        if (text.contains("<Image") && text.contains("/deepzoom/")) return PictureFormat.DZI;
        throw new UnreadableException(otherwise(text), CONVERT);
    }

    private static String otherwise(String text) {
        if (isHtml(text.stripLeading().toLowerCase(Locale.ROOT)))
            return "this is a web page (HTML), as servers send it in place of a picture that they do not give";
        String foreign = foreign(text);
        if (!foreign.isEmpty()) return "this is a " + foreign + " file, a format that is not read here";
        if (isText(text)) return "this is a text file, not a picture";
        return "this is not a picture, or its first bytes are damaged";
    }

    private static String foreign(String text) {
        if (text.startsWith("GIF8")) return "GIF";
        if (text.startsWith("8BPS")) return "Photoshop (PSD)";
        if (text.startsWith("BM") && text.length() > 14 && text.startsWith("\0\0\0\0", 6)) return "BMP";
        if (text.startsWith("%PDF")) return "PDF";
        if (text.startsWith("\0\0\0\fjP  ") || text.startsWith("\u00ff\u004f\u00ff\u0051")) return "JPEG 2000";
        if (text.startsWith("\0\0\0\fJXL ") || text.startsWith("\u00ff\n")) return "JPEG XL";
        if (text.startsWith("ftyp", 4)) return isoMedia(text);
        if (text.startsWith("\u0076\u002f\u0031\u0001")) return "OpenEXR";
        if (text.startsWith("#?RADIANCE") || text.startsWith("#?RGBE")) return "Radiance HDR";
        if (text.startsWith("gimp xcf")) return "GIMP (XCF)";
        if (text.startsWith("DDS ")) return "DDS";
        if (text.startsWith("qoif")) return "QOI";
        if (text.startsWith("\0\0\1\0")) return "Windows icon";
        if (text.startsWith("PK\3\4")) return "ZIP";
        if (text.matches("(?s)P[1-7]\\s.*")) return "PNM";
        return text.toLowerCase(Locale.ROOT).contains("<svg") ? "SVG" : "";
    }

    private static String isoMedia(String text) {
        String brands = text.substring(8, Math.min(text.length(), 40));
        if (brands.contains("avif") || brands.contains("avis")) return "AVIF";
        if (brands.startsWith("hei") || brands.startsWith("hev") || brands.startsWith("mif1")) return "HEIC";
        return "video or HEIF";
    }

    private static boolean isHtml(String text) {
        return text.startsWith("<!doctype html") || text.startsWith("<html") || text.contains("<head");
    }

    private static boolean isText(String text) {
        return text.chars().allMatch(c -> c >= 32 && c != 127 || c == '\n' || c == '\r' || c == '\t');
    }
}
