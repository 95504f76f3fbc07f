package giga.canvas.resample;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Picture;
import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.Scratch;
import giga.canvas.store.ZarrPicture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures, printed: how fast a stored picture doubles, and what of that is the disk's part. */
@Tag("slow")
class ResampleSpeedTest {
    private static final int SIDE = 8192;

    @Test
    void doublesAPicture() {
        try (Scratch scratch = Scratch.create()) {
            ZarrPicture in = ZarrPicture.create(scratch.resolve("in"), SIDE, SIDE);
            for (int y = 0; y < SIDE; y += 512) in.write(0, y, PixelsInMemory.noise(SIDE, 512, y));
            Picture doubled = Resample.resized(PixelsInMemory.noise(2100, 520, 1), 4200, 1040, Filter.LANCZOS);
            for (int round = 0; round < 6; round++)
                report("Lanczos x2, arithmetic, one thread", 1 << 22, () -> doubled.read(new Region(0, 0, 4096, 1024)));
            for (int round = 0; round < 2; round++) {
                ZarrPicture out = ZarrPicture.create(scratch.resolve("out" + round), 2 * SIDE, 2 * SIDE);
                double rate = report(
                        "Lanczos x2, stored to stored",
                        4L * SIDE * SIDE,
                        () -> Resample.resize(in, out, Filter.LANCZOS, _ -> {}));
                assertThat(rate).isGreaterThan(5);
            }
            ZarrPicture half = ZarrPicture.create(scratch.resolve("half"), SIDE / 2, SIDE / 2);
            report(
                    "box x1/2, stored to stored, input",
                    (long) SIDE * SIDE,
                    () -> Resample.resize(in, half, Filter.BOX, _ -> {}));
            report("tile reads 896x896", 100 * 896 * 896, () -> {
                for (int i = 0; i < 100; i++) in.read(new Region(300 + 64 * i, 7000 - 64 * i, 896, 896));
            });
        }
    }

    private static double report(String what, long pixels, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double rate = pixels / 1e6 / ((System.nanoTime() - start) / 1e9);
        System.out.printf("%-40s %7.1f Mpx/s%n", what, rate);
        return rate;
    }
}
