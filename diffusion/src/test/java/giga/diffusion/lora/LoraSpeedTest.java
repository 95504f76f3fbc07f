package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.network.UNet;
import giga.diffusion.tensor.NativeHandles;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * 100 MB of LoRA in SD 1.5 at its real size. {@code -Dgiga.sd15=FILE} names a formula checkpoint, else one of 2.1 GB is
 * made.
 */
@Tag("slow")
class LoraSpeedTest {
    private static final int TURNS = 20;

    @TempDir
    static Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void mergesInSecondsAndLeavesNothingBehind() throws IOException {
        String given = System.getProperty("giga.sd15");
        Path file = given == null ? FormulaCheckpoint.SD15.write(folder.resolve("sd15.safetensors")) : Path.of(given);
        try (Checkpoint model = Checkpoint.open(file);
                AdaptedNetworks<UNet> networks = new AdaptedNetworks<>(
                        model,
                        Placement.onProcessor(Precision.BF16),
                        weights -> new UNet(
                                weights.below("model.diffusion_model."),
                                model.architecture().heads()))) {
            LoraUse lora = new LoraUse(KohyaLora.write(model, 85, folder.resolve("lora.safetensors")), 0.5);
            networks.use(List.of(lora));
            networks.use(List.of());
            long handles = NativeHandles.count();
            long resident = residentMebibytes();
            double fastest = Double.POSITIVE_INFINITY;
            for (int turn = 0; turn < TURNS; turn++) {
                long start = System.nanoTime();
                networks.use(List.of(lora));
                fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
                networks.use(List.of());
            }
            System.out.printf(
                    Locale.ROOT,
                    "merging %.0f MB of LoRA: %.2f s; resident %d MiB, after %d turns %d MiB%n",
                    Files.size(lora.file()) / 1e6,
                    fastest,
                    resident,
                    TURNS,
                    residentMebibytes());
            assertThat(fastest).isLessThan(2);
            assertThat(NativeHandles.count()).isLessThanOrEqualTo(handles);
            // The weights that change have 700 MiB.
            assertThat(residentMebibytes() - resident).isLessThan(200);
        }
    }

    private static long residentMebibytes() throws IOException {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * 4096 >> 20;
    }
}
