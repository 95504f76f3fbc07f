package giga.redraw.inspect.report;

import giga.canvas.Picture;
import giga.redraw.inspect.Likeness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that is found out about one picture.
 *
 * @param name of its file
 */
public record Examination(String name, Subject subject, Optional<Against> against) {
    /** @param picture the other, of the same size */
    public record Against(Picture picture, Likeness likeness) {
        /** @throws giga.canvas.PictureException when the sizes differ, or a picture cannot be read */
        public static Against of(Picture examined, Picture other, String name) {
            return new Against(other, Likeness.of(examined, other, name));
        }
    }

    /** One line for each measure. */
    public String text() {
        return subject.text()
                + against.map(other -> "\n" + other.likeness().text()).orElse("");
    }

    /** The figures by name, for JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(subject.figures());
        against.ifPresent(other -> figures.put("against", other.likeness().figures()));
        return figures;
    }

    /** A page on its own, see {@link Report}. */
    public String html() {
        return Report.of(this);
    }
}
