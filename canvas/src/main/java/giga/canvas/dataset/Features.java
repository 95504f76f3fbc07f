package giga.canvas.dataset;

/**
 * What a place of a picture looks like, at the scale it would be cut.
 *
 * @param lightness mean colour, CIE L*a*b*
 * @param brightness mean grey level, 0 to 255 (Rec. 601)
 * @param contrast standard deviation of grey levels
 * @param across mean difference of neighbouring grey levels along the rows, without its sign
 * @param down the same along the columns
 * @param entropy of these differences, in bits: how much there is to texture (after Unser's difference histograms, 1986)
 * @param coherence 0 to 1, how much strokes run in one direction (Bigün and Granlund's structure tensor, 1987)
 * @param direction in which they run, degrees from 0 (level) to 180, turning from the right downwards
 * @param margin share of pixels that are black or white and even
 */
public record Features(
        double lightness,
        double a,
        double b,
        double brightness,
        double contrast,
        double across,
        double down,
        double entropy,
        double coherence,
        double direction,
        double margin) {
    static Features of(CellSums sums) {
        Colour colour = Colour.mean(sums);
        double mean = (double) sums.luma / sums.pixels;
        double variance = (double) sums.lumaSquares / sums.pixels - mean * mean;
        double steps = Math.max(1, sums.steps);
        double along = StrictMath.hypot(sums.xx - sums.yy, 2.0 * sums.xy);
        double gradient = StrictMath.toDegrees(StrictMath.atan2(2.0 * sums.xy, sums.xx - sums.yy)) / 2;
        return new Features(
                colour.lightness(),
                colour.a(),
                colour.b(),
                mean,
                Math.sqrt(Math.max(0, variance)),
                sums.across / steps,
                sums.down / steps,
                entropy(sums.differences),
                along / Math.max(1, sums.xx + sums.yy),
                // Strokes run across the gradient.
                (gradient + 270) % 180,
                sums.margin / steps);
    }

    private static double entropy(int[] counts) {
        double all = 0;
        for (int count : counts) all += count;
        double bits = 0;
        for (int count : counts) if (count > 0) bits -= count / all * (StrictMath.log(count / all) / StrictMath.log(2));
        return bits;
    }

    /**
     * A point in a space where a distance of one is a difference that one sees: ten units of L*a*b*, strokes twice as strong, half a
     * bit of entropy, from no direction to half of one.
     */
    double[] point() {
        double turn = 2 * StrictMath.toRadians(direction);
        return new double[] {
            lightness / 10,
            a / 10,
            b / 10,
            StrictMath.log(1 + across + down) / StrictMath.log(2),
            StrictMath.log(1 + contrast) / StrictMath.log(2),
            2 * entropy,
            2 * coherence * StrictMath.cos(turn),
            2 * coherence * StrictMath.sin(turn)
        };
    }
}
