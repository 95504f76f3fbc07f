package giga.redraw.inspect.map;

/** 0 to 255 each. */
public record Colour(int red, int green, int blue) {
    static final Colour WHITE = of(0xF2F2F2);

    static Colour of(int rgb) {
        return new Colour(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    /** As in a style sheet. */
    public String css() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }

    Colour towards(Colour other, double share) {
        return new Colour(
                (int) Math.round(red + (other.red - red) * share),
                (int) Math.round(green + (other.green - green) * share),
                (int) Math.round(blue + (other.blue - blue) * share));
    }
}
