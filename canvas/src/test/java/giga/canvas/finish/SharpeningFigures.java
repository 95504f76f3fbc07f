package giga.canvas.finish;

import giga.canvas.Pixels;
import giga.canvas.finish.Sharpening.Method;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Which sharpening brings a picture that was blurred nearest to what it was: {@code SharpeningFigures PICTURE...}. Each picture is
 * reduced to half, so that it is sharp to the pixel, and blurred by a known Gaussian; told are the gain of PSNR and how far pixels
 * go beyond what the sharp picture has around them, as a root mean square over all at edges: the halos.
 */
final class SharpeningFigures {
    private static final double[] AMOUNTS = {0.5, 1, 1.5, 2, 3};

    /** Levels from the darkest to the lightest around a pixel from where on it belongs to an edge. */
    private static final int EDGE = 64;

    private SharpeningFigures() {}

    public static void main(String[] args) {
        for (String arg : args) {
            try (PictureFile file = PictureFile.open(Path.of(arg))) {
                Pixels read = file.read();
                Pixels sharp = Resample.resize(read, read.width() / 2, read.height() / 2, Filter.LANCZOS);
                for (double blur : new double[] {0.7, 1, 1.5}) report(sharp, blur);
            }
        }
    }

    private static void report(Pixels sharp, double blur) {
        Pixels soft = blurred(sharp, blur);
        System.out.printf(
                Locale.ROOT,
                "blurred by %.1f: PSNR %.2f dB, halos %.2f%n",
                blur,
                psnr(soft, sharp),
                halos(soft, sharp));
        for (Method method : Method.values()) {
            System.out.printf("  %-17s", method);
            for (double amount : AMOUNTS) {
                Pixels sharpened = sharpened(soft, new Sharpening(amount, method, 1, 0));
                System.out.printf(
                        Locale.ROOT,
                        "%8.1f: %+.2f dB %.2f",
                        amount,
                        psnr(sharpened, sharp) - psnr(soft, sharp),
                        halos(sharpened, sharp));
            }
            System.out.println();
        }
    }

    static Pixels sharpened(Pixels soft, Sharpening sharpening) {
        return new Finish(Finish.USUAL_ORDER, sharpening, Grain.NONE, Texture.NONE, Tone.NEUTRAL)
                .of(soft, _ -> soft)
                .read(soft.bounds());
    }

    /** Plain sums in double precision; pixels at the rim repeat. */
    static Pixels blurred(Pixels in, double sigma) {
        return turned(blurredRows(turned(blurredRows(in, sigma)), sigma));
    }

    private static Pixels blurredRows(Pixels in, double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        Pixels out = new Pixels(in.width(), in.height());
        for (int y = 0; y < in.height(); y++)
            for (int x = 0; x < in.width(); x++)
                for (int c = 0; c < 3; c++) {
                    double sum = 0;
                    double weights = 0;
                    for (int k = -reach; k <= reach; k++) {
                        double weight = Math.exp(-k * k / (2 * sigma * sigma));
                        sum += weight * in.sample(Math.clamp(x + k, 0, in.width() - 1), y, c);
                        weights += weight;
                    }
                    out.rgb()[3 * (y * in.width() + x) + c] = (byte) Math.round(sum / weights);
                }
        return out;
    }

    private static Pixels turned(Pixels in) {
        Pixels out = new Pixels(in.height(), in.width());
        for (int y = 0; y < in.height(); y++)
            for (int x = 0; x < in.width(); x++)
                System.arraycopy(in.rgb(), 3 * (y * in.width() + x), out.rgb(), 3 * (x * in.height() + y), 3);
        return out;
    }

    static double psnr(Pixels a, Pixels b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            double difference = (a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255 * a.rgb().length / sum);
    }

    /** How far pixels at edges leave the range of the sharp picture's pixels within 2 around, as a root mean square. */
    static double halos(Pixels picture, Pixels sharp) {
        double sum = 0;
        long count = 0;
        for (int y = 2; y < sharp.height() - 2; y++)
            for (int x = 2; x < sharp.width() - 2; x++)
                for (int c = 0; c < 3; c++) {
                    int least = 255;
                    int most = 0;
                    for (int v = y - 2; v <= y + 2; v++)
                        for (int u = x - 2; u <= x + 2; u++) {
                            least = Math.min(least, sharp.sample(u, v, c));
                            most = Math.max(most, sharp.sample(u, v, c));
                        }
                    if (most - least < EDGE) continue;
                    count++;
                    int level = picture.sample(x, y, c);
                    int beyond = Math.max(0, Math.max(least - level, level - most));
                    sum += beyond * beyond;
                }
        return Math.sqrt(sum / count);
    }
}
