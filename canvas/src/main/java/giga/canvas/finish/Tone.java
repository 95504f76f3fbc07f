package giga.canvas.finish;

import giga.canvas.PictureException;

/**
 * Lightness of a whole picture or layer: exposure first, then contrast, then brightness.
 *
 * @param brightness -100 to 100: that many hundredths of the range are added to every level
 * @param contrast -100 to 100: levels are spread around the middle by tan((contrast / 100 + 1) π / 4), as GIMP has it
 * @param exposure stops, -10 to 10: light, the sRGB curve undone, is doubled that often
 */
public record Tone(double brightness, double contrast, double exposure) {
    public static final Tone NEUTRAL = new Tone(0, 0, 0);

    public Tone {
        check("brightness", brightness, 100);
        check("contrast", contrast, 100);
        check("exposure", exposure, 10);
    }

    private static void check(String name, double value, int most) {
        if (!(value >= -most && value <= most))
            throw new PictureException("%s %s: give -%d to %d".formatted(name, value, most, most));
    }

    /** What becomes of a level, 0 to 255 and not rounded. */
    double of(double level) {
        double value = level / 255;
        if (exposure != 0) value = encoded(light(value) * StrictMath.pow(2, exposure));
        double slope = StrictMath.tan((contrast / 100 + 1) * Math.PI / 4);
        value = (value - 0.5) * slope + 0.5 + brightness / 100;
        return 255 * Math.clamp(value, 0.0, 1.0);
    }

    private static double light(double value) {
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
    }
}
