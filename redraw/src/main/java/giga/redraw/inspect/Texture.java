package giga.redraw.inspect;

import giga.canvas.Part;
import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.output.EncodedPicture;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * How much texture a picture has, by two measures that follow people's judgement (Diffusion-4K, arXiv 2503.18352). Neither
 * should be as high as possible, but as that of a real painting of the same size.
 *
 * @param glcmScore entropy in bits of grey level co-occurrence, mean over all whole patches of 64 x 64 pixels; more is
 *     richer; none below that size
 * @param jpegRatio bytes of pixels per byte as JPEG of quality 95 with full chroma; less is richer
 */
public record Texture(OptionalDouble glcmScore, double jpegRatio) {
    /** Patches of one read: 512 x 512 pixels, as canvases are stored. */
    private static final int GROUP = 8 * Cooccurrence.SIDE;
    /** Beyond what a JPEG can hold the picture is cut into bands of so many rows or columns. */
    private static final int MOST_JPEG = 65_024;

    /**
     * Reads the picture twice, block by block.
     *
     * @param rowsDone called with the count of rows finished in the first reading; may throw to stop
     */
    public static Texture of(Picture picture, IntConsumer rowsDone) {
        return new Texture(glcm(picture, rowsDone), 3.0 * picture.bounds().area() / jpegBytes(picture));
    }

    public String text() {
        String ratio = String.format(Locale.ROOT, "JPEG ratio %.2f", jpegRatio);
        return glcmScore.isEmpty()
                ? "texture " + ratio
                : String.format(Locale.ROOT, "texture GLCM score %.3f, %s", glcmScore.getAsDouble(), ratio);
    }

    /** By name, for JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        glcmScore.ifPresent(score -> figures.put("glcm_score", score));
        figures.put("jpeg_ratio", jpegRatio);
        return figures;
    }

    private static OptionalDouble glcm(Picture picture, IntConsumer rowsDone) {
        int columns = picture.width() / Cooccurrence.SIDE;
        int rows = picture.height() / Cooccurrence.SIDE;
        if (columns == 0 || rows == 0) return OptionalDouble.empty();
        Region whole = new Region(0, 0, columns * Cooccurrence.SIDE, rows * Cooccurrence.SIDE);
        double sum = 0;
        for (int y = 0; y < whole.height(); y += GROUP) {
            int top = y;
            // Summed in one order afterwards: the same figure with any number of threads.
            double[] scores = IntStream.range(0, Math.ceilDiv(whole.width(), GROUP))
                    .parallel()
                    .mapToDouble(i ->
                            sumOfScores(picture.read(new Region(i * GROUP, top, GROUP, GROUP).intersection(whole))))
                    .toArray();
            for (double score : scores) sum += score;
            rowsDone.accept(Math.min(y + GROUP, picture.height()));
        }
        return OptionalDouble.of(sum / ((double) columns * rows));
    }

    private static double sumOfScores(Pixels block) {
        int[] luma = Luma.of(block);
        Cooccurrence patch = new Cooccurrence();
        double sum = 0;
        for (int y = 0; y < block.height(); y += Cooccurrence.SIDE)
            for (int x = 0; x < block.width(); x += Cooccurrence.SIDE)
                sum += patch.score(luma, y * block.width() + x, block.width());
        return sum;
    }

    private static long jpegBytes(Picture picture) {
        long bytes = 0;
        for (int y = 0; y < picture.height(); y += MOST_JPEG)
            for (int x = 0; x < picture.width(); x += MOST_JPEG)
                bytes += EncodedPicture.jpegLength(
                        new Part(picture, new Region(x, y, MOST_JPEG, MOST_JPEG).intersection(picture.bounds())),
                        _ -> {});
        return bytes;
    }
}
