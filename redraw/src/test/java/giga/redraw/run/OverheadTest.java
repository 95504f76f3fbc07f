package giga.redraw.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import giga.canvas.Pixels;
import giga.diffusion.Planes;
import giga.redraw.Request;
import giga.redraw.job.Job;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs beside the networks: the same for a tile of any picture. */
class OverheadTest {
    private static final Request.Tiling TILING = new Request.Tiling(512, 128, 32, Request.Order.CHESS, 16, 1);

    @TempDir
    Path folder;

    /** Compared by processor time: waiting for a disk that others use as well says nothing about the program. */
    @Test
    @Tag("slow")
    void flatFrom1024To8192() {
        perTile(2048);
        double small = perTile(1024);
        perTile(2048);
        perTile(4096);
        assertThat(perTile(8192)).isLessThan(1.3 * small);
    }

    /** Processor milliseconds per tile of a run whose redrawer gives its pixels back. */
    private double perTile(int side) {
        Redraws redraws = Redraws.in(folder.resolve("at" + side + System.nanoTime()), side / 2, side / 2);
        try (Job job = redraws.create("overhead", TILING, 1, 2)) {
            long before = processorNanos();
            RunStats stats = Redraws.run(
                    job,
                    (pass, phase, batch) ->
                            batch.stream().map(OverheadTest::same).toList());
            double processor = (processorNanos() - before) / 1e6 / job.plan().tileCount();
            int tiles = job.plan().tileCount();
            double waits = stats.readWait() + stats.writeWait() + stats.settle();
            System.out.printf(
                    Locale.ROOT,
                    "%d x %d: per tile %.1f ms of processor in all, %.1f ms of waiting (reads %.1f, writes %.1f, settling %.1f); %s%n",
                    side,
                    side,
                    processor,
                    1e3 * waits / tiles,
                    1e3 * stats.readWait() / tiles,
                    1e3 * stats.writeWait() / tiles,
                    1e3 * stats.settle() / tiles,
                    stats.summary());
            return processor;
        }
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Planes same(TileInput input) {
        Pixels pixels = input.pixels();
        int plane = pixels.width() * pixels.height();
        float[] values = new float[3 * plane];
        for (int i = 0; i < plane; i++)
            for (int channel = 0; channel < 3; channel++)
                values[channel * plane + i] = pixels.rgb()[3 * i + channel] & 0xFF;
        return new Planes(1, 3, pixels.height(), pixels.width(), values);
    }
}
