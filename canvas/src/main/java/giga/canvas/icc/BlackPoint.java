package giga.canvas.icc;

import java.util.Arrays;
import java.util.List;

/**
 * The darkest grey that a device shows by an intent, as XYZ.
 *
 * @see <a href="https://www.iso.org/standard/63500.html">ISO 18619, Black point compensation</a>
 */
final class BlackPoint {
    private static final double[] NONE = {0, 0, 0};
    /** What version 4 says the black of its perceptual and saturation tables is. */
    private static final double[] PERCEPTUAL_V4 = {0.00336, 0.0034731, 0.00287};

    private static final double LIGHTEST = 50;
    private static final int STEPS = 256;
    private static final double MIDRANGE = 0.2;
    private static final double STRAIGHT = 4;

    private final IccProfile profile;
    private final Intent intent;

    BlackPoint(IccProfile profile, Intent intent) {
        this.profile = profile;
        this.intent = intent;
    }

    /** Of a device that colours come from. */
    double[] ofSource() {
        if (intent == Intent.ABSOLUTE) return NONE;
        if (isDefined()) return Tables.isMatrix(profile) ? darkest(Intent.RELATIVE) : PERCEPTUAL_V4;
        return ofDevice();
    }

    /** Of a device that colours go to. */
    double[] ofDestination() {
        if (intent == Intent.ABSOLUTE) return NONE;
        if (isDefined()) return Tables.isMatrix(profile) ? darkest(Intent.RELATIVE) : PERCEPTUAL_V4;
        return Tables.hasTable(profile, true, intent) ? measured() : ofDevice();
    }

    private boolean isDefined() {
        return profile.isVersion4() && intent != Intent.RELATIVE;
    }

    private double[] ofDevice() {
        boolean limitsInk = intent == Intent.RELATIVE
                && profile.deviceClass().equals("prtr")
                && profile.space() == IccProfile.Space.CMYK;
        return limitsInk ? perceptualBlack() : darkest(intent);
    }

    /** What the perceptual table makes of black: all inks at once would be darker, and more than the paper takes. */
    private double[] perceptualBlack() {
        if (!Tables.hasTable(profile, false, Intent.PERCEPTUAL)) return NONE;
        return grey(roundTrip(Intent.PERCEPTUAL, Lab.BLACK)[0].l());
    }

    /** What the device's own darkest colour is. */
    private double[] darkest(Intent by) {
        if (!Tables.hasTable(profile, false, by) && !Tables.isMatrix(profile)) return NONE;
        byte[] black = new byte[profile.space().channels()];
        if (profile.space() == IccProfile.Space.CMYK) Arrays.fill(black, (byte) 0xFF);
        short[] full = new short[black.length];
        for (int i = 0; i < full.length; i++) full[i] = (short) (black[i] * 0x101);
        Chain chain = new Chain(profile.name(), List.of(Links.source(profile, by), Links.lab()));
        return grey(Lab.decoded(chain.convert(full), 0).l());
    }

    /** Where the curve of lightness that comes back from the device leaves its foot, by a parabola through its shadows. */
    private double[] measured() {
        double start = intent == Intent.RELATIVE ? lightness(ofDevice()) : 0;
        double[] back = back();
        double least = back[0];
        double most = back[STEPS - 1];
        if (!(least < most)) return NONE;
        if (intent == Intent.RELATIVE && isStraight(back)) return grey(start);
        double low = intent == Intent.RELATIVE ? 0.1 : 0.03;
        double high = intent == Intent.RELATIVE ? 0.5 : 0.25;
        Parabola fit = new Parabola();
        for (int i = 0; i < STEPS; i++) {
            double share = (back[i] - least) / (most - least);
            if (share >= low && share < high) fit.add(step(i), share);
        }
        return fit.points() < 3 ? NONE : grey(fit.root(LIGHTEST));
    }

    /** The lightness that comes back of each step of lightness sent there, made to rise. */
    private double[] back() {
        Lab[] sent = new Lab[STEPS];
        for (int i = 0; i < STEPS; i++) sent[i] = new Lab(step(i), 0, 0);
        Lab[] returned = roundTrip(intent, sent);
        double[] back = new double[STEPS];
        for (int i = STEPS - 1; i >= 0; i--)
            back[i] = i == STEPS - 1 || i == 0 ? returned[i].l() : Math.min(returned[i].l(), back[i + 1]);
        return back;
    }

    private static boolean isStraight(double[] back) {
        double foot = back[0] + MIDRANGE * (back[STEPS - 1] - back[0]);
        for (int i = 0; i < STEPS; i++) if (step(i) > foot && Math.abs(step(i) - back[i]) >= STRAIGHT) return false;
        return true;
    }

    private Lab[] roundTrip(Intent by, Lab... colours) {
        Chain chain =
                new Chain(profile.name(), List.of(Links.lab(), Links.there(profile, by, Intent.RELATIVE), Links.lab()));
        short[] encoded = new short[3 * colours.length];
        for (int i = 0; i < colours.length; i++) colours[i].encode(encoded, i);
        short[] returned = chain.convert(encoded);
        Lab[] decoded = new Lab[colours.length];
        for (int i = 0; i < colours.length; i++) decoded[i] = Lab.decoded(returned, i);
        return decoded;
    }

    private static double step(int i) {
        return i * 100.0 / (STEPS - 1);
    }

    private static double[] grey(double lightness) {
        return new Lab(Math.clamp(lightness, 0, LIGHTEST), 0, 0).xyz();
    }

    private static double lightness(double[] xyz) {
        double y = xyz[1];
        return y > 216.0 / 24389 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
    }
}
