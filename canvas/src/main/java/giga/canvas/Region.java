package giga.canvas;

/**
 * A rectangle of pixels: {@code x, y} is its upper left corner, {@code right} and {@code bottom} lie just outside.
 *
 * @throws IllegalArgumentException when a side is not positive or the far corner leaves the range of an int
 */
public record Region(int x, int y, int width, int height) {
    public Region {
        if (width <= 0 || height <= 0) throw new IllegalArgumentException("empty region " + width + "x" + height);
        Math.addExact(x, width);
        Math.addExact(y, height);
    }

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    public long area() {
        return (long) width * height;
    }

    public boolean contains(Region other) {
        return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
    }

    public boolean intersects(Region other) {
        return other.x < right() && x < other.right() && other.y < bottom() && y < other.bottom();
    }

    /** The common part of both; they must intersect. */
    public Region intersection(Region other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        return new Region(left, top, Math.min(right(), other.right()) - left, Math.min(bottom(), other.bottom()) - top);
    }

    /** This region grown by {@code margin} pixels on every side and cut at the rim of {@code bounds}. */
    public Region grow(int margin, Region bounds) {
        return new Region(x - margin, y - margin, width + 2 * margin, height + 2 * margin).intersection(bounds);
    }

    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
