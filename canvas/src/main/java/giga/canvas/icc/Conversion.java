package giga.canvas.icc;

import giga.canvas.PictureException;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From the RGB colours of a picture to those of a printer or screen, calculated by LittleCMS without its shortcuts (as
 * {@code tificc -c 0} does). For several threads.
 */
public final class Conversion {
    private static final Set<String> SOURCES = Set.of("mntr", "scnr", "prtr", "spac");
    private static final Set<String> DESTINATIONS = Set.of("mntr", "prtr", "spac");

    private final IccProfile.Space space;
    private final ColourTable table;

    private Conversion(IccProfile.Space space, Chain chain) {
        this.space = space;
        // Profiles that LittleCMS refuses are found here, and not in the midst of a picture.
        chain.convert(new byte[3]);
        this.table = new ColourTable(space.channels(), chain::convert);
    }

    /**
     * @param source of the picture, an RGB profile
     * @param blackPoint whether black becomes the darkest of the printer and the shadows move with it (ISO 18619); nothing for the
     *     absolute intent, and always so for profiles of version 4 by the perceptual and saturation intents, as they are made for it
     * @throws PictureException when a profile is of a kind that cannot be used here, or damaged
     */
    public static Conversion of(IccProfile source, IccProfile destination, Intent intent, boolean blackPoint) {
        checkSource(source);
        checkDestination(destination);
        ICC_Profile between = between(source, destination, intent, blackPoint);
        return new Conversion(
                destination.space(),
                chain(source, intent, between, destination, Links.destination(destination, intent)));
    }

    /**
     * How a print will look, in sRGB, on a screen whose white stands for the paper's: to the printer by the intent, and from
     * there by what it prints (relative colorimetric).
     *
     * @throws PictureException as {@link #of}, and when the printer's profile does not tell how its colours look
     */
    public static Conversion proof(IccProfile source, IccProfile printer, Intent intent, boolean blackPoint) {
        checkSource(source);
        checkDestination(printer);
        ICC_Profile between = between(source, printer, intent, blackPoint);
        ICC_Profile there = Links.there(printer, intent, Intent.RELATIVE);
        ICC_Profile screen = Links.destination(IccProfile.srgb(), Intent.RELATIVE);
        return new Conversion(IccProfile.Space.RGB, chain(source, intent, between, printer, there, screen));
    }

    /** The colours wanted, and those that are printed, in the encoding of {@link Lab#decoded}; relative colorimetric. */
    static List<Chain> wantedAndPrinted(IccProfile source, IccProfile printer, boolean blackPoint) {
        Intent intent = Intent.RELATIVE;
        checkSource(source);
        checkDestination(printer);
        ICC_Profile between = between(source, printer, intent, blackPoint);
        ICC_Profile there = Links.there(printer, intent, intent);
        return List.of(
                chain(source, intent, between, printer, Links.lab()),
                chain(source, intent, between, printer, there, Links.lab()));
    }

    private static void checkSource(IccProfile source) {
        if (source.space() != IccProfile.Space.RGB)
            throw new PictureException(source.name() + ": this profile is for " + source.space()
                    + ", and cannot tell what the picture's red, green and blue mean. Give one for RGB.");
        if (!SOURCES.contains(source.deviceClass())) throw source.refused(kind(source));
    }

    private static void checkDestination(IccProfile destination) {
        if (!DESTINATIONS.contains(destination.deviceClass()))
            throw new PictureException(destination.name() + ": this profile " + kind(destination)
                    + "; nothing can be printed by it. Give the output profile of the printer.");
    }

    private static String kind(IccProfile profile) {
        return switch (profile.deviceClass()) {
            case "scnr" -> "is that of a scanner or camera";
            case "link" -> "links two devices";
            case "nmcl" -> "is a list of named colours";
            case "abst" -> "is abstract: it changes colours, and describes no device";
            default -> "is of a class that is not known";
        };
    }

    /** What happens in XYZ between both profiles; also if it is nothing, for without it LittleCMS takes a shortcut, three levels off. */
    private static ICC_Profile between(IccProfile source, IccProfile destination, Intent intent, boolean blackPoint) {
        double[] factors = new double[3];
        double[] offsets = new double[3];
        if (intent == Intent.ABSOLUTE) {
            double[] from = white(source);
            double[] to = white(destination);
            for (int i = 0; i < 3; i++) factors[i] = from[i] / to[i];
            return Links.scaled(factors, offsets);
        }
        boolean always = destination.isVersion4() && intent != Intent.RELATIVE;
        if (!blackPoint && !always) return Links.scaled(new double[] {1, 1, 1}, offsets);
        double[] from = new BlackPoint(source, intent).ofSource();
        double[] to = new BlackPoint(destination, intent).ofDestination();
        for (int i = 0; i < 3; i++) {
            double white = ProfileBytes.D50[i];
            factors[i] = (white - to[i]) / (white - from[i]);
            offsets[i] = white * (1 - factors[i]);
        }
        return Links.scaled(factors, offsets);
    }

    /** The colour of the medium; a screen's is what an eye takes for white, whatever profiles of version 2 say. */
    private static double[] white(IccProfile profile) {
        boolean adapted = !profile.isVersion4() && profile.deviceClass().equals("mntr");
        Optional<ByteBuffer> tag = adapted ? Optional.empty() : profile.tag("wtpt");
        if (tag.isEmpty()) return ProfileBytes.D50;
        double[] white = new double[3];
        for (int i = 0; i < 3; i++) {
            white[i] = tag.get().getInt(8 + 4 * i) / 65536.0;
            if (!(white[i] > 0.01 && white[i] < 2)) throw profile.refused("says that its white is none");
        }
        return white;
    }

    private static Chain chain(
            IccProfile source, Intent intent, ICC_Profile between, IccProfile destination, ICC_Profile... rest) {
        List<ICC_Profile> links = new ArrayList<>(List.of(Links.source(source, intent), between));
        links.addAll(List.of(rest));
        return new Chain(source.name() + ", " + destination.name(), links);
    }

    /** What the samples of the result are. */
    public IccProfile.Space space() {
        return space;
    }

    /** @param rgb interleaved samples, of which the result has {@link #space}'s, interleaved: inks from 0 for none to 255 */
    public byte[] convert(byte[] rgb) {
        return table.map(rgb);
    }
}
