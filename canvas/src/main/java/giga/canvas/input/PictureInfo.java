package giga.canvas.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a picture file holds, known before its pixels are decoded.
 *
 * @param width in pixels, as the picture is to be seen (EXIF orientation applied)
 * @param height in pixels, as the picture is to be seen
 * @param bits of one sample in the file: 1 to 32; the pixels delivered always have 8
 * @param channels in the file, alpha included: 1 grey or palette, 2 grey and alpha, 3 RGB, 4 RGB and alpha or CMYK, 5 CMYK and alpha
 * @param icc the ICC profile of the RGB samples delivered; empty where they are sRGB (also after a CMYK or grey profile was converted)
 * @param dpi dots per inch across, if the file states it
 * @param texts by keyword, "parameters" for what made the picture (a PNG's text of this name, in other formats EXIF's comment)
 */
public record PictureInfo(
        int width,
        int height,
        PictureFormat format,
        int bits,
        int channels,
        Optional<byte[]> icc,
        OptionalDouble dpi,
        Map<String, String> texts) {
    /** The keyword that A1111 gave to what made a picture. */
    public static final String PARAMETERS = "parameters";

    public PictureInfo {
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        if (width <= 0 || height <= 0) throw new IllegalArgumentException("empty picture " + width + "x" + height);
    }

    /** What the profile calls itself. */
    public Optional<String> iccName() {
        return icc.flatMap(IccName::of);
    }
}
