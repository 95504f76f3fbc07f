package giga.diffusion.noise;

/**
 * Two standard normals from two random words (Box and Muller, 1958), the same bits on every machine: only IEEE
 * arithmetic and {@link StrictMath}, in double, rounded to float once. Values reach 6.7 standard deviations.
 */
final class BoxMuller {
    private static final double UNIT_32 = 0x1p-32;
    private static final double UNIT_30 = 0x1p-30;
    private static final int IN_QUARTER = 0x3FFFFFFF;

    private BoxMuller() {}

    /** Writes the pair to values[at] and values[at + stride]. */
    static void pair(int radiusWord, int angleWord, float[] values, int at, int stride) {
        double radius = Math.sqrt(-2 * StrictMath.log(((radiusWord & 0xFFFFFFFFL) + 0.5) * UNIT_32));
        // The top two bits choose the quarter of the circle, the others an angle of at most pi/4 to its middle, where
        // sine and cosine need no argument reduction. That starts the circle at -pi/4, which no one can tell.
        double angle = (((angleWord & IN_QUARTER) + 0.5) * UNIT_30 - 0.5) * (Math.PI / 2);
        double cosine = radius * StrictMath.cos(angle);
        double sine = radius * StrictMath.sin(angle);
        int quarter = angleWord >>> 30;
        double first = (quarter & 1) == 0 ? cosine : -sine;
        double second = (quarter & 1) == 0 ? sine : cosine;
        values[at] = (float) (quarter < 2 ? first : -first);
        values[at + stride] = (float) (quarter < 2 ? second : -second);
    }
}
