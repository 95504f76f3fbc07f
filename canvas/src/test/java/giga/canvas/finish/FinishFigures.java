package giga.canvas.finish;

import com.sun.management.OperatingSystemMXBean;
import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.store.ZarrPicture;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Times finishing, its pixels thrown away: {@code FinishFigures make ZARR WIDTH HEIGHT} makes a picture by formula,
 * {@code FinishFigures time PICTURE...} tells how fast each step goes, and several together, read in bands as for a PNG.
 */
final class FinishFigures {
    private static final int BAND_ROWS = 512;
    private static final Sharpening GUARDED = new Sharpening(1.5, Sharpening.Method.GUARDED, 1, 0);
    private static final Sharpening UNSHARP = new Sharpening(1.5, Sharpening.Method.UNSHARP, 1, 0);
    private static final Grain GRAIN = new Grain(4, 1.5, 0);
    private static final Texture PAPER = new Texture("paper", 0.55, Blend.MULTIPLY, Texture.Fit.TILE, 1, Tone.NEUTRAL);
    private static final Tone TONE = new Tone(3, 8, 0.2);

    private FinishFigures() {}

    public static void main(String[] args) {
        if (args[0].equals("make")) make(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        else for (int i = 1; i < args.length; i++) time(Path.of(args[i]));
    }

    /** Waves of all lengths under noise. */
    private static void make(Path out, int width, int height) {
        ZarrPicture picture = ZarrPicture.create(out, width, height);
        picture.grid().chunks().parallel().forEach(at -> {
            Region region = picture.grid().region(at);
            Pixels pixels = new Pixels(region.width(), region.height());
            WhiteNoise noise = new WhiteNoise(at.hashCode());
            float[] row = new float[3 * region.width()];
            for (int y = 0; y < region.height(); y++) {
                noise.row(0, y, row, 0, row.length);
                for (int i = 0; i < row.length; i++) {
                    int x = region.x() + i / 3;
                    int wave = 90 + x * x / 4096 % 60 + (x + region.y() + y) / 7 % 40 + (int) (row[i] / 20);
                    pixels.rgb()[y * row.length + i] = (byte) Math.clamp(wave, 0, 255);
                }
            }
            picture.writeChunk(at, pixels);
        });
    }

    private static void time(Path path) {
        try (PictureFile file = PictureFile.open(path)) {
            Picture picture = file.picture().orElseThrow();
            Map<String, Finish> kinds = new LinkedHashMap<>();
            kinds.put("nothing, read only", Finish.NOTHING);
            kinds.put("unsharp", finish(UNSHARP, Grain.NONE, Texture.NONE, Tone.NEUTRAL));
            kinds.put("guarded", finish(GUARDED, Grain.NONE, Texture.NONE, Tone.NEUTRAL));
            kinds.put("grain", finish(Sharpening.NONE, GRAIN, Texture.NONE, Tone.NEUTRAL));
            for (Blend blend : Blend.values()) {
                Texture texture = new Texture("paper", 0.55, blend, Texture.Fit.TILE, 1, Tone.NEUTRAL);
                kinds.put("paper, " + blend, finish(Sharpening.NONE, Grain.NONE, texture, Tone.NEUTRAL));
            }
            kinds.put("tone", finish(Sharpening.NONE, Grain.NONE, Texture.NONE, TONE));
            kinds.put("guarded, grain, paper", finish(GUARDED, GRAIN, PAPER, Tone.NEUTRAL));
            kinds.put("guarded, grain, paper, tone", finish(GUARDED, GRAIN, PAPER, TONE));
            for (int round = 0; round < 2; round++)
                kinds.forEach((name, finish) -> report(path, name, finish.of(picture, _ -> picture)));
        }
    }

    private static Finish finish(Sharpening sharpening, Grain grain, Texture texture, Tone tone) {
        return new Finish(Finish.USUAL_ORDER, sharpening, grain, texture, tone);
    }

    private static void report(Path path, String name, Picture finished) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long began = System.nanoTime();
        long worked = system.getProcessCpuTime();
        for (int y = 0; y < finished.height(); y += BAND_ROWS)
            finished.read(new Region(0, y, finished.width(), Math.min(BAND_ROWS, finished.height() - y)));
        double megapixels = finished.bounds().area() / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%-14s %-28s %7.1f Mpx/s, %7.1f in a second of processor time%n",
                path.getFileName(),
                name,
                megapixels / ((System.nanoTime() - began) / 1e9),
                megapixels / ((system.getProcessCpuTime() - worked) / 1e9));
    }
}
