package giga.canvas.input;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a decoder found before the pixels; sides as stored, before the orientation is applied. */
record Header(
        PictureFormat format,
        int width,
        int height,
        int bits,
        int channels,
        Orientation orientation,
        OptionalDouble dpi,
        Optional<byte[]> rgbProfile,
        Map<String, String> texts) {
    Header {
        // A profile of another colour space never describes the RGB samples that leave the decoder.
        rgbProfile = rgbProfile.filter(icc -> IccProfiles.space(icc) == IccProfiles.Space.RGB);
    }

    PictureInfo seen() {
        return new PictureInfo(
                orientation.width(width, height),
                orientation.height(width, height),
                format,
                bits,
                channels,
                rgbProfile,
                dpi,
                texts);
    }
}
