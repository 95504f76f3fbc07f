package giga.canvas.icc;

import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;

/**
 * Profiles as they stand in a chain that the JDK gives to LittleCMS. The JDK asks for one intent, which it chooses itself, and
 * never for black point compensation. So a link is a copy of a profile that has the table wanted under the names of
 * both intents that the JDK may ask for, and nothing that is not needed; what is to happen between two profiles is a link of its own.
 */
final class Links {
    private static final int IDENTITY_GRID = 2;
    /** XYZ is encoded so that 1 + 32767/32768 is the largest. */
    private static final double XYZ_RANGE = 1 + 32767.0 / 32768;

    private Links() {}

    /** From a device by an intent. */
    static ICC_Profile source(IccProfile profile, Intent intent) {
        return link(profile, copy(profile, false, intent, start(profile)));
    }

    /** To a device by an intent. */
    static ICC_Profile destination(IccProfile profile, Intent intent) {
        return link(profile, copy(profile, true, intent, start(profile)));
    }

    /** To a device and back: in the middle of a chain the JDK puts a profile twice. */
    static ICC_Profile there(IccProfile profile, Intent to, Intent back) {
        return link(profile, copy(profile, false, back, copy(profile, true, to, start(profile))));
    }

    private static ProfileBytes start(IccProfile profile) {
        String space = switch (profile.space()) {
            case GREY -> "GRAY";
            case RGB -> "RGB ";
            case CMYK -> "CMYK";
        };
        return new ProfileBytes("spac", space, profile.connectsToLab() ? "Lab " : "XYZ ");
    }

    private static ProfileBytes copy(IccProfile profile, boolean toDevice, Intent intent, ProfileBytes copy) {
        Tables.check(profile, toDevice, intent);
        String table = Tables.table(profile, toDevice, intent);
        if (profile.has(table)) {
            ByteBuffer value = profile.tag(table).orElseThrow();
            String kind = toDevice ? "B2A" : "A2B";
            return copy.with(kind + 0, value).with(kind + 1, value);
        }
        if (profile.space() == IccProfile.Space.GREY)
            return copy.with(Tables.GREY_CURVE, profile.tag(Tables.GREY_CURVE).orElseThrow());
        for (String tag : Tables.MATRIX) copy.with(tag, profile.tag(tag).orElseThrow());
        return copy;
    }

    private static ICC_Profile link(IccProfile profile, ProfileBytes copy) {
        try {
            return ICC_Profile.getInstance(copy.build());
        } catch (IllegalArgumentException e) {
            throw profile.refused("cannot be used (" + e.getMessage() + ")");
        }
    }

    /** CIE Lab as a device of three samples of 16 bits: L* 0 to 100, a* and b* -128 to 127 and 255/256. */
    static ICC_Profile lab() {
        ByteBuffer identity = ByteBuffer.allocate(52 + 2 * (6 + 24 + 6)).put(ProfileBytes.ascii("mft2"));
        identity.put(8, (byte) 3).put(9, (byte) 3).put(10, (byte) IDENTITY_GRID);
        for (int i = 0; i < 3; i++) identity.putInt(12 + 16 * i, ProfileBytes.fixed(1));
        identity.putShort(48, (short) 2).putShort(50, (short) 2).position(52);
        for (int i = 0; i < 3; i++) identity.putShort((short) 0).putShort((short) 0xFFFF);
        for (int point = 0; point < 8; point++) {
            for (int axis = 2; axis >= 0; axis--) identity.putShort((short) ((point >> axis & 1) * 0xFFFF));
        }
        for (int i = 0; i < 3; i++) identity.putShort((short) 0).putShort((short) 0xFFFF);
        return ICC_Profile.getInstance(new ProfileBytes("spac", "Lab ", "Lab ")
                .with("A2B0", identity)
                .with("A2B1", identity)
                .with("B2A0", identity)
                .with("B2A1", identity)
                .build());
    }

    /** Multiplies each of X, Y and Z by a factor and adds an offset. */
    static ICC_Profile scaled(double[] factors, double[] offsets) {
        int curve = 12;
        ByteBuffer elements = ByteBuffer.allocate(32 + 3 * curve + 48).put(ProfileBytes.ascii("mAB "));
        elements.put(8, (byte) 3).put(9, (byte) 3);
        elements.putInt(12, 32).putInt(16, 32 + 3 * curve).putInt(20, 32);
        for (int i = 0; i < 3; i++) elements.put(32 + i * curve, ProfileBytes.ascii("curv"));
        for (int i = 0; i < 3; i++) {
            elements.putInt(32 + 3 * curve + 16 * i, ProfileBytes.fixed(factors[i]));
            elements.putInt(32 + 3 * curve + 36 + 4 * i, ProfileBytes.fixed(offsets[i] / XYZ_RANGE));
        }
        return ICC_Profile.getInstance(new ProfileBytes("abst", "XYZ ", "XYZ ")
                .with("A2B0", elements)
                .with("A2B1", elements)
                .build());
    }
}
