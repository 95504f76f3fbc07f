package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A picture against another of its size, a sharp original or another result.
 *
 * @param name of the other
 * @param comparison pixel by pixel
 * @param texture of the other
 */
public record Likeness(String name, Comparison comparison, Texture texture) {
    /** @throws PictureException when the sizes differ, or a picture cannot be read */
    public static Likeness of(Picture picture, Picture other, String name) {
        return new Likeness(name, Comparison.of(picture, other, _ -> {}), Texture.of(other, _ -> {}));
    }

    public String text() {
        return "against %s: %s; its %s".formatted(name, comparison.text(), texture.text());
    }

    /** By name, for JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("picture", name);
        figures.putAll(comparison.figures());
        figures.putAll(texture.figures());
        return figures;
    }
}
