package giga.redraw.inspect;

import giga.canvas.Picture;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What can be said of a picture alone.
 *
 * @param detail power in the top octave of its spectrum, in squared levels; none below 8 pixels a side
 */
public record PictureInspection(int width, int height, OptionalDouble detail, Texture texture) {
    public static PictureInspection of(Picture picture) {
        return new PictureInspection(
                picture.width(), picture.height(), Detail.power(picture), Texture.of(picture, _ -> {}));
    }

    /** One line for each measure. */
    public String text() {
        String size = "size %dx%d".formatted(width, height);
        String power = detail.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "\ndetail %.2f squared levels in the top octave", detail.getAsDouble());
        return size + power + "\n" + texture.text();
    }

    /** By name, for JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("width", width);
        figures.put("height", height);
        detail.ifPresent(power -> figures.put("detail_power", power));
        figures.putAll(texture.figures());
        return figures;
    }
}
