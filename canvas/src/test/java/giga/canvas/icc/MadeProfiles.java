package giga.canvas.icc;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small profiles by formula: an RGB screen, a grey screen, and a CMYK printer of two tables each way. */
final class MadeProfiles {
    private static final int GRID_CMYK = 6;
    private static final int GRID_LAB = 9;

    private MadeProfiles() {}

    /** Primaries near Adobe RGB's, gamma 2.2. */
    static byte[] rgb() {
        return new ProfileBytes("mntr", "RGB ", "XYZ ")
                .with("rXYZ", xyz(0.6097, 0.3111, 0.0195))
                .with("gXYZ", xyz(0.2053, 0.6257, 0.0609))
                .with("bXYZ", xyz(0.1492, 0.0632, 0.7446))
                .with("rTRC", gamma(2.2))
                .with("gTRC", gamma(2.2))
                .with("bTRC", gamma(2.2))
                .with("wtpt", xyz(0.9505, 1, 1.0891))
                .build();
    }

    static byte[] grey() {
        return new ProfileBytes("mntr", "GRAY", "XYZ ")
                .with("kTRC", gamma(1.8))
                .with("wtpt", xyz(0.9642, 1, 0.8249))
                .build();
    }

    /** A printer on yellowish paper whose blackest is L* 14; its perceptual table makes colours paler than its colorimetric one. */
    static byte[] cmyk() {
        ByteBuffer there = toInks(0);
        ByteBuffer thereColorimetric = toInks(1);
        ByteBuffer back = fromInks();
        return new ProfileBytes("prtr", "CMYK", "Lab ")
                .with("A2B0", back)
                .with("A2B1", back)
                .with("B2A0", there)
                .with("B2A1", thereColorimetric)
                .with("wtpt", xyz(0.85, 0.88, 0.66))
                .build();
    }

    private static ByteBuffer fromInks() {
        int points = (int) Math.pow(GRID_CMYK, 4);
        ByteBuffer table = table16(4, 3, GRID_CMYK, points);
        for (int i = 0; i < points; i++) {
            double k = i % GRID_CMYK / (GRID_CMYK - 1.0);
            double y = i / GRID_CMYK % GRID_CMYK / (GRID_CMYK - 1.0);
            double m = i / (GRID_CMYK * GRID_CMYK) % GRID_CMYK / (GRID_CMYK - 1.0);
            double c = i / (GRID_CMYK * GRID_CMYK * GRID_CMYK) / (GRID_CMYK - 1.0);
            double light = (1 - 0.45 * c) * (1 - 0.5 * m) * (1 - 0.1 * y) * (1 - 0.86 * k);
            double shade = 1 - k;
            putLab(table, 100 * Math.max(0.14, light), shade * (70 * m - 35 * c), shade * (85 * y - 45 * c - 10 * m));
        }
        return linear(table, 3);
    }

    private static ByteBuffer toInks(int table) {
        int points = GRID_LAB * GRID_LAB * GRID_LAB;
        ByteBuffer values = table16(3, 4, GRID_LAB, points);
        for (int i = 0; i < points; i++) {
            double l = i / (GRID_LAB * GRID_LAB) / (GRID_LAB - 1.0);
            double a = i / GRID_LAB % GRID_LAB / (GRID_LAB - 1.0) * 2 - 1;
            double b = i % GRID_LAB / (GRID_LAB - 1.0) * 2 - 1;
            double dark = 1 - l;
            double strength = table == 0 ? 0.8 : 1.1;
            double c = dark * 0.6 + strength * Math.max(0, -a - 0.4 * b);
            double m = dark * 0.5 + strength * Math.max(0, a - 0.2 * b);
            double y = dark * 0.5 + strength * Math.max(0, b + 0.3 * a);
            double k = Math.max(0, dark * 1.4 - 0.4) * (table == 0 ? 0.9 : 1);
            for (double ink : new double[] {c, m, y, k})
                values.putShort((short) Math.round(Math.clamp(ink, 0, 1) * 65535));
        }
        return linear(values, 4);
    }

    /** A lut16 up to its grid: matrix of no effect and straight curves. */
    private static ByteBuffer table16(int in, int out, int grid, int points) {
        ByteBuffer table =
                ByteBuffer.allocate(52 + 4 * in + 2 * points * out + 4 * out).put(ProfileBytes.ascii("mft2"));
        table.put(8, (byte) in).put(9, (byte) out).put(10, (byte) grid);
        for (int i = 0; i < 3; i++) table.putInt(12 + 16 * i, ProfileBytes.fixed(1));
        table.putShort(48, (short) 2).putShort(50, (short) 2).position(52);
        return linear(table, in);
    }

    private static ByteBuffer linear(ByteBuffer table, int curves) {
        for (int i = 0; i < curves; i++) table.putShort((short) 0).putShort((short) 0xFFFF);
        return table;
    }

    /** In the encoding of version 2. */
    private static void putLab(ByteBuffer table, double l, double a, double b) {
        table.putShort((short) Math.round(l * 652.8))
                .putShort((short) Math.round((a + 128) * 256))
                .putShort((short) Math.round((b + 128) * 256));
    }

    static ByteBuffer xyz(double x, double y, double z) {
        return ByteBuffer.allocate(20)
                .put(ProfileBytes.ascii("XYZ "))
                .putInt(8, ProfileBytes.fixed(x))
                .putInt(12, ProfileBytes.fixed(y))
                .putInt(16, ProfileBytes.fixed(z));
    }

    static ByteBuffer gamma(double gamma) {
        return ByteBuffer.allocate(14)
                .put(ProfileBytes.ascii("curv"))
                .putInt(8, 1)
                .putShort(12, (short) Math.round(gamma * 256));
    }

    /** Colours of a coarse grid, of a line of greys, and dark ones. */
    static byte[] colours() {
        ByteBuffer colours = ByteBuffer.allocate(3 * 192);
        for (int i = 0; i < 64; i++)
            colours.put((byte) (i / 16 * 85)).put((byte) (i / 4 % 4 * 85)).put((byte) (i % 4 * 85));
        for (int i = 0; i < 64; i++) for (int c = 0; c < 3; c++) colours.put((byte) (i * 4 + c % 2));
        for (int i = 0; i < 64; i++)
            colours.put((byte) (i % 8 * 5)).put((byte) (i / 8 * 5)).put((byte) (i * 7 % 40));
        return colours.array();
    }

    /** Writes the profiles and the colours into a folder, for golden values by other programs. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Files.write(folder.resolve("rgb.icc"), rgb());
        Files.write(folder.resolve("grey.icc"), grey());
        Files.write(folder.resolve("cmyk.icc"), cmyk());
        Files.write(folder.resolve("colours.raw"), colours());
    }
}
