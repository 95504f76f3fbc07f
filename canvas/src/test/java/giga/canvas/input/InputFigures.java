package giga.canvas.input;

import giga.canvas.store.ZarrPicture;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Times the reading of pictures: {@code InputFigures decode PICTURE...} throws the pixels away,
 * {@code InputFigures store PICTURE OUT} puts them into a new picture store.
 */
final class InputFigures {
    private InputFigures() {}

    public static void main(String[] args) {
        if (args[0].equals("store")) {
            measure(Path.of(args[1]), Path.of(args[2]));
            return;
        }
        for (int i = 1; i < args.length; i++) measure(Path.of(args[i]), Path.of(""));
    }

    private static void measure(Path picture, Path out) {
        LongAdder pixels = new LongAdder();
        long start = System.nanoTime();
        try (PictureFile file = PictureFile.open(picture)) {
            PictureInfo info = file.info();
            if (out.toString().isEmpty())
                file.copyTo((x, y, block) -> pixels.add((long) block.width() * block.height()), _ -> {});
            else {
                file.copyTo(ZarrPicture.create(out, info.width(), info.height()), _ -> {});
                pixels.add((long) info.width() * info.height());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT, "%s %.1f s, %.0f Mpx/s%n", picture.getFileName(), seconds, pixels.sum() / 1e6 / seconds);
    }
}
