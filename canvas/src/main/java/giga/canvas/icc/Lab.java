package giga.canvas.icc;

/** A colour in CIE L*a*b* under D50. */
record Lab(double l, double a, double b) {
    static final Lab BLACK = new Lab(0, 0, 0);
    private static final double EPSILON = 216.0 / 24389;
    private static final double KAPPA = 24389.0 / 27;

    /** Colour {@code i} of those that {@link Links#lab} stands for. */
    static Lab decoded(short[] colours, int i) {
        return new Lab(
                (colours[3 * i] & 0xFFFF) * 100 / 65535.0,
                (colours[3 * i + 1] & 0xFFFF) / 257.0 - 128,
                (colours[3 * i + 2] & 0xFFFF) / 257.0 - 128);
    }

    void encode(short[] colours, int i) {
        colours[3 * i] = (short) Math.round(Math.clamp(l, 0, 100) * 65535 / 100);
        colours[3 * i + 1] = (short) Math.clamp(Math.round((a + 128) * 257), 0, 65535);
        colours[3 * i + 2] = (short) Math.clamp(Math.round((b + 128) * 257), 0, 65535);
    }

    double[] xyz() {
        double y = (l + 16) / 116;
        double[] cubes = {y + a / 500, y, y - b / 200};
        for (int i = 0; i < 3; i++) {
            double f = cubes[i];
            double cube = f * f * f;
            cubes[i] = ProfileBytes.D50[i] * (cube > EPSILON ? cube : (116 * f - 16) / KAPPA);
        }
        return cubes;
    }

    /**
     * The difference of two colours as an eye has it.
     *
     * @see <a href="https://doi.org/10.1002/col.20070">Sharma, Wu, Dalal: The CIEDE2000 color-difference formula, 2005</a>
     */
    double difference(Lab other) {
        double meanChroma = (Math.hypot(a, b) + Math.hypot(other.a, other.b)) / 2;
        double stretch = 1.5 - 0.5 * Math.sqrt(share(meanChroma));
        double a1 = a * stretch;
        double a2 = other.a * stretch;
        double c1 = Math.hypot(a1, b);
        double c2 = Math.hypot(a2, other.b);
        double h1 = hue(a1, b);
        double h2 = hue(a2, other.b);
        double turn = c1 * c2 == 0 ? 0 : Math.IEEEremainder(h2 - h1, 360);
        double hue = c1 * c2 == 0 ? h1 + h2 : middle(h1, h2);
        double light = (l + other.l) / 2 - 50;
        double chroma = (c1 + c2) / 2;
        double t = 1 - 0.17 * cos(hue - 30) + 0.24 * cos(2 * hue) + 0.32 * cos(3 * hue + 6) - 0.20 * cos(4 * hue - 63);
        double dl = (other.l - l) / (1 + 0.015 * light * light / Math.sqrt(20 + light * light));
        double dc = (c2 - c1) / (1 + 0.045 * chroma);
        double dh = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2)) / (1 + 0.015 * chroma * t);
        double blue = (hue - 275) / 25;
        double rotation = -2 * Math.sqrt(share(chroma)) * Math.sin(Math.toRadians(60 * Math.exp(-blue * blue)));
        return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
    }

    private static double share(double chroma) {
        double seventh = Math.pow(chroma, 7);
        return seventh / (seventh + Math.pow(25, 7));
    }

    private static double hue(double a, double b) {
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double middle(double h1, double h2) {
        double mean = (h1 + h2) / 2;
        if (Math.abs(h1 - h2) <= 180) return mean;
        return h1 + h2 < 360 ? mean + 180 : mean - 180;
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
