package giga.redraw.inspect.report;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Places of a picture pixel by pixel, beside the same places of another. */
record Crops(Picture picture, Picture other, String pictureIs, String otherIs) {
    /** Of a crop, in pixels of the picture; the page shows it at twice that. */
    private static final int SIDE = 120;

    /** The first of these whose crops do not show the same place. */
    static <T> List<T> apart(List<T> candidates, Function<T, Region> where, int most) {
        List<T> chosen = new ArrayList<>();
        for (T candidate : candidates) {
            Region place = where.apply(candidate);
            boolean shown = chosen.stream().map(where).anyMatch(one -> close(one, place));
            if (!shown && chosen.size() < most) chosen.add(candidate);
        }
        return chosen;
    }

    /** Two crops around a place, with ticks at the rim where the line runs. */
    String aroundLine(Region line, String caption) {
        Region crop = around(line);
        return pair(crop, ticks(crop, line), caption);
    }

    String around(Region place, String caption) {
        return pair(around(place), "", caption);
    }

    private String pair(Region crop, String ticks, String caption) {
        return """
                <figure class="pair"><div><div><span>%s</span><div class="at">%s%s</div></div>\
                <div><span>%s</span><div class="at">%s%s</div></div></div><figcaption>%s</figcaption></figure>
                """.formatted(
                        pictureIs,
                        Html.image(picture.read(crop), "crop", pictureIs + " at " + crop),
                        ticks,
                        otherIs,
                        Html.image(sameIn(other, crop), "crop", otherIs + " at the same place"),
                        ticks,
                        Html.text(caption));
    }

    /** The same place in another picture, which may be smaller: then its nearest pixels, repeated. */
    private Pixels sameIn(Picture smaller, Region crop) {
        if (smaller.bounds().equals(picture.bounds())) return smaller.read(crop);
        double scaleX = (double) smaller.width() / picture.width();
        double scaleY = (double) smaller.height() / picture.height();
        int left = (int) (crop.x() * scaleX);
        int top = (int) (crop.y() * scaleY);
        int right = Math.min(smaller.width(), (int) Math.ceil(crop.right() * scaleX));
        int bottom = Math.min(smaller.height(), (int) Math.ceil(crop.bottom() * scaleY));
        Pixels few = smaller.read(new Region(left, top, right - left, bottom - top));
        Pixels many = new Pixels(crop.width(), crop.height());
        for (int y = 0; y < crop.height(); y++) {
            int fromY = Math.min(few.height() - 1, (int) ((crop.y() + y + 0.5) * scaleY) - top);
            for (int x = 0; x < crop.width(); x++) {
                int fromX = Math.min(few.width() - 1, (int) ((crop.x() + x + 0.5) * scaleX) - left);
                System.arraycopy(
                        few.rgb(), 3 * (fromY * few.width() + fromX), many.rgb(), 3 * (y * crop.width() + x), 3);
            }
        }
        return many;
    }

    private Region around(Region place) {
        int width = Math.min(SIDE, picture.width());
        int height = Math.min(SIDE, picture.height());
        int x = Math.clamp(place.x() + (place.width() - width) / 2, 0, picture.width() - width);
        int y = Math.clamp(place.y() + (place.height() - height) / 2, 0, picture.height() - height);
        return new Region(x, y, width, height);
    }

    private static String ticks(Region crop, Region line) {
        boolean upright = line.width() < line.height();
        double middle = upright
                ? (line.x() + line.width() / 2.0 - crop.x()) / crop.width()
                : (line.y() + line.height() / 2.0 - crop.y()) / crop.height();
        String form = upright
                ? "<i class=\"across\" style=\"left:%1$.2f%%;top:0\"></i><i class=\"across\" style=\"left:%1$.2f%%;bottom:0\"></i>"
                : "<i class=\"along\" style=\"top:%1$.2f%%;left:0\"></i><i class=\"along\" style=\"top:%1$.2f%%;right:0\"></i>";
        return String.format(Locale.ROOT, form, 100 * middle);
    }

    private static boolean close(Region a, Region b) {
        return Math.abs(a.x() - b.x()) < SIDE * 2 / 3 && Math.abs(a.y() - b.y()) < SIDE * 2 / 3;
    }
}
