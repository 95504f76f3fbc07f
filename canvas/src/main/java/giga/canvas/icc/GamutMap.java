package giga.canvas.icc;

import java.util.List;

/**
 * Which colours a printer cannot show: those that come back from it (relative colorimetric) with a CIEDE2000 difference of more
 * than a threshold. On the map they go from yellow to red as the difference grows, and all others are grey.
 */
public final class GamutMap {
    private static final double REDDEST = 20;
    private static final int YELLOW = 220;

    private final Chain wanted;
    private final Chain printed;
    private final double threshold;
    private final ColourTable table;

    /**
     * @param source of the picture
     * @param blackPoint as the print has it
     * @param threshold of the difference; 1 can just be seen, 3 is told apart without looking for it
     * @throws giga.canvas.PictureException as {@link Conversion#proof}
     */
    public GamutMap(IccProfile source, IccProfile printer, boolean blackPoint, double threshold) {
        List<Chain> chains = Conversion.wantedAndPrinted(source, printer, blackPoint);
        this.wanted = chains.getFirst();
        this.printed = chains.getLast();
        this.threshold = threshold;
        this.table = new ColourTable(3, this::drawn);
        drawn(new byte[3]);
    }

    /** The map's colours for a picture's, both interleaved. */
    public byte[] draw(byte[] rgb) {
        return table.map(rgb);
    }

    /** How many of a map's pixels are out of gamut. */
    public static long count(byte[] map) {
        long count = 0;
        for (int i = 0; i < map.length; i += 3) if (map[i] != map[i + 2]) count++;
        return count;
    }

    private byte[] drawn(byte[] rgb) {
        short[] colours = new short[rgb.length];
        for (int i = 0; i < rgb.length; i++) colours[i] = (short) ((rgb[i] & 0xFF) * 0x101);
        short[] want = wanted.convert(colours);
        short[] got = printed.convert(colours);
        byte[] map = new byte[rgb.length];
        for (int i = 0; i < rgb.length / 3; i++) draw(map, 3 * i, Lab.decoded(want, i), Lab.decoded(got, i));
        return map;
    }

    private void draw(byte[] map, int at, Lab want, Lab got) {
        double difference = want.difference(got);
        if (difference > threshold) {
            map[at] = (byte) 255;
            map[at + 1] = (byte) (YELLOW * Math.clamp(1 - (difference - threshold) / REDDEST, 0, 1));
        } else {
            for (int c = 0; c < 3; c++) map[at + c] = (byte) Math.round(want.l() * 2.55);
        }
    }
}
