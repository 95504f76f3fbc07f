package giga.canvas.dataset;

/** A colour in CIE L*a*b* under D65, as sRGB defines it: lightness 0 to 100, {@code a} green to red, {@code b} blue to yellow. */
public record Colour(double lightness, double a, double b) {
    /** The mean of what was counted, taken of light and not of its codes. */
    static Colour mean(CellSums sums) {
        double all = 65535.0 * sums.pixels;
        double red = sums.red / all;
        double green = sums.green / all;
        double blue = sums.blue / all;
        double x = f((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
        double y = f(0.2126 * red + 0.7152 * green + 0.0722 * blue);
        double z = f((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
        return new Colour(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? StrictMath.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    /** What people call it. */
    String word() {
        double chroma = StrictMath.hypot(a, b);
        if (chroma < 7) return grey();
        String hue = hue((StrictMath.toDegrees(StrictMath.atan2(b, a)) + 360) % 360);
        if (hue.equals("brown")) return lightness < 30 ? "dark brown" : hue;
        if (lightness < 30) return "dark " + hue;
        return lightness > 75 && chroma < 35 ? "pale " + hue : hue;
    }

    private String grey() {
        if (lightness < 18) return "black";
        if (lightness < 40) return "dark grey";
        if (lightness < 70) return "grey";
        return lightness < 88 ? "light grey" : "white";
    }

    private String hue(double degrees) {
        if (degrees < 15 || degrees >= 345) return lightness > 60 ? "pink" : "crimson";
        if (degrees < 45) return lightness > 65 ? "salmon" : StrictMath.hypot(a, b) < 35 ? "brown" : "red";
        if (degrees < 75)
            return lightness < 55 || StrictMath.hypot(a, b) < 25 ? lightness < 70 ? "brown" : "beige" : "orange";
        if (degrees < 105) return lightness < 50 ? "olive" : lightness < 80 ? "ochre" : "yellow";
        if (degrees < 165) return "green";
        if (degrees < 215) return "turquoise";
        return degrees < 300 ? "blue" : "purple";
    }
}
