package giga.canvas.output;

import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Times exports of a stored picture, for bench/exports.sh: {@code ExportFigures make PICTURE ZARR WIDTH HEIGHT} stores a
 * picture enlarged, with the grain of a redrawn one; {@code ExportFigures write ZARR OUT...} tells how long each takes,
 * {@code ExportFigures double ZARR OUT} the same of an enlargement.
 */
final class ExportFigures {
    private static final double GRAIN = 5;

    private ExportFigures() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("make"))
            make(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        else if (args[0].equals("double")) twice(ZarrPicture.openComplete(Path.of(args[1])), Path.of(args[2]));
        else if (args[0].equals("rgb")) rgb(ZarrPicture.openComplete(Path.of(args[1])), Path.of(args[2]));
        else for (int i = 2; i < args.length; i++) write(ZarrPicture.openComplete(Path.of(args[1])), Path.of(args[i]));
    }

    private static void make(Path file, Path out, int width, int height) {
        try (PictureFile picture = PictureFile.open(file)) {
            ZarrPicture stored = ZarrPicture.create(out, width, height);
            var large = Resample.resized(picture.read(), width, height, Filter.LANCZOS);
            Random random = new Random(1);
            int[] grain = random.ints(1 << 16, 0, 1 << 20)
                    .map(_ -> (int) Math.round(random.nextGaussian() * GRAIN))
                    .toArray();
            stored.grid().chunks().forEach(at -> {
                Region region = stored.grid().region(at);
                Pixels pixels = large.read(region);
                int phase = random.nextInt();
                for (int i = 0; i < pixels.rgb().length; i++) {
                    phase = phase * 1664525 + 1013904223;
                    pixels.rgb()[i] = (byte) Math.clamp((pixels.rgb()[i] & 0xFF) + grain[phase >>> 16], 0, 255);
                }
                stored.writeChunk(at, pixels);
            });
        }
    }

    /** Raw samples, which other programs can be given to begin with. */
    private static void rgb(ZarrPicture picture, Path out) throws IOException {
        try (var file = Files.newOutputStream(out)) {
            for (int y = 0; y < picture.height(); y += 512)
                file.write(picture.read(new Region(0, y, picture.width(), Math.min(512, picture.height() - y)))
                        .rgb());
        }
    }

    private static void twice(ZarrPicture picture, Path out) {
        ZarrPicture large = ZarrPicture.create(out, 2 * picture.width(), 2 * picture.height());
        report(out, large, () -> Resample.resize(picture, large, Filter.LANCZOS, _ -> {}));
    }

    private static void write(ZarrPicture picture, Path out) {
        report(out, picture, () -> PictureWriter.write(picture, out, PictureMetadata.NONE, _ -> {}));
    }

    private static void report(Path out, ZarrPicture made, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double pixels = (double) made.width() * made.height();
        System.out.printf(
                Locale.ROOT, "%-12s %7.2f s %7.1f Mpx/s%n", out.getFileName(), seconds, pixels / 1e6 / seconds);
    }
}
