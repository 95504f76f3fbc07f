package giga.canvas.icc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/** Which tags of a profile say how it converts, and whether they hold what they claim to. */
final class Tables {
    static final List<String> MATRIX = List.of("rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC");
    static final String GREY_CURVE = "kTRC";

    private static final int CONNECTION_CHANNELS = 3;
    private static final int[] PARAMETERS = {1, 3, 4, 5, 7};
    private static final int MOST_ENTRIES = 4096;

    private Tables() {}

    /** The table from the device to the connection space, or back, that LittleCMS takes for an intent. */
    static String table(IccProfile profile, boolean toDevice, Intent intent) {
        String kind = toDevice ? "B2A" : "A2B";
        return profile.has(kind + intent.table) ? kind + intent.table : kind + 0;
    }

    /** Whether the table of this very intent is there. */
    static boolean hasTable(IccProfile profile, boolean toDevice, Intent intent) {
        return profile.has((toDevice ? "B2A" : "A2B") + intent.table);
    }

    static boolean isMatrix(IccProfile profile) {
        return switch (profile.space()) {
            case RGB -> MATRIX.stream().allMatch(profile::has);
            case GREY -> profile.has(GREY_CURVE);
            case CMYK -> false;
        };
    }

    /** @throws giga.canvas.PictureException where a tag needed for this direction and intent is missing or damaged */
    static void check(IccProfile profile, boolean toDevice, Intent intent) {
        String table = table(profile, toDevice, intent);
        int device = profile.space().channels();
        if (profile.has(table)) {
            int in = toDevice ? CONNECTION_CHANNELS : device;
            int out = toDevice ? device : CONNECTION_CHANNELS;
            check(profile, table, tag -> isTable(tag, in, out));
        } else if (!isMatrix(profile)) {
            throw profile.refused("does not tell how colours get " + (toDevice ? "onto" : "from") + " its device");
        } else if (profile.space() == IccProfile.Space.GREY) {
            check(profile, GREY_CURVE, Tables::isCurve);
        } else {
            for (String tag : MATRIX) check(profile, tag, tag.endsWith("XYZ") ? Tables::isXyz : Tables::isCurve);
        }
        if (profile.has("wtpt")) check(profile, "wtpt", Tables::isXyz);
    }

    private static void check(IccProfile profile, String name, Predicate<ByteBuffer> form) {
        if (!profile.tag(name).map(form::test).orElse(false))
            throw profile.refused("is damaged: its tag '" + name + "' does not hold what it claims to");
    }

    private static boolean isXyz(ByteBuffer tag) {
        return type(tag, 0).equals("XYZ ") && tag.capacity() >= 20;
    }

    private static boolean isCurve(ByteBuffer tag) {
        return curveBytes(tag, 0) > 0;
    }

    /** How many bytes the curve at a place has; 0 where there is none. */
    private static long curveBytes(ByteBuffer tag, long at) {
        if (at < 0 || at + 12 > tag.capacity()) return 0;
        int place = (int) at;
        long bytes = switch (type(tag, place)) {
            case "curv" -> 12 + 2 * Integer.toUnsignedLong(tag.getInt(place + 8));
            case "para" -> {
                int function = tag.getShort(place + 8);
                yield function < 0 || function >= PARAMETERS.length ? 0 : 12 + 4L * PARAMETERS[function];
            }
            default -> 0;
        };
        return at + bytes <= tag.capacity() ? bytes : 0;
    }

    private static boolean isTable(ByteBuffer tag, int in, int out) {
        if (tag.capacity() < 32 || tag.get(8) != in || tag.get(9) != out) return false;
        return switch (type(tag, 0)) {
            case "mft1" -> 48 + 256L * (in + out) + points(tag.get(10), in) * out <= tag.capacity();
            case "mft2" -> tag.capacity() >= 52 && isTable16(tag, in, out);
            case "mAB ", "mBA " -> isElements(tag, in, out);
            default -> false;
        };
    }

    private static boolean isTable16(ByteBuffer tag, int in, int out) {
        int before = tag.getShort(48);
        int behind = tag.getShort(50);
        if (before < 2 || before > MOST_ENTRIES || behind < 2 || behind > MOST_ENTRIES) return false;
        long points = points(tag.get(10), in);
        return points > 0 && 52 + 2 * ((long) before * in + points * out + (long) behind * out) <= tag.capacity();
    }

    /** Points of a grid with the same number along each axis; more than any tag holds where that number makes no sense. */
    private static long points(byte side, int axes) {
        int points = Byte.toUnsignedInt(side);
        return points < 2 ? Integer.MAX_VALUE : (long) Math.pow(points, axes);
    }

    /** The elements of lutAToBType and lutBToAType: curves at the connection space (B), matrix, curves (M), grid, curves (A). */
    private static boolean isElements(ByteBuffer tag, int in, int out) {
        boolean toDevice = type(tag, 0).equals("mBA ");
        long matrix = Integer.toUnsignedLong(tag.getInt(16));
        long grid = Integer.toUnsignedLong(tag.getInt(24));
        long curvesA = Integer.toUnsignedLong(tag.getInt(28));
        if (grid == 0 && in != out) return false;
        return areCurves(tag, Integer.toUnsignedLong(tag.getInt(12)), toDevice ? in : out)
                && (matrix == 0 || matrix + 48 <= tag.capacity())
                && areCurves(tag, Integer.toUnsignedLong(tag.getInt(20)), toDevice ? in : out)
                && (grid == 0 || isGrid(tag, grid, in, out))
                && areCurves(tag, curvesA, toDevice ? out : in);
    }

    private static boolean areCurves(ByteBuffer tag, long at, int count) {
        if (at == 0) return true;
        for (int i = 0; i < count; i++) {
            long bytes = curveBytes(tag, at);
            if (bytes == 0) return false;
            at += bytes + 3 & ~3;
        }
        return true;
    }

    private static boolean isGrid(ByteBuffer tag, long at, int in, int out) {
        if (at + 20 > tag.capacity()) return false;
        long values = out;
        for (int i = 0; i < in; i++) {
            int points = Byte.toUnsignedInt(tag.get((int) at + i));
            if (points < 2) return false;
            values *= points;
        }
        int precision = tag.get((int) at + 16);
        return (precision == 1 || precision == 2) && at + 20 + values * precision <= tag.capacity();
    }

    private static String type(ByteBuffer tag, int at) {
        byte[] type = new byte[4];
        tag.get(at, type);
        return new String(type, ISO_8859_1);
    }
}
