package giga.redraw.forecast;

import giga.diffusion.ModelException;
import giga.diffusion.StableDiffusion;
import giga.diffusion.lora.LoraReport;
import giga.diffusion.lora.LoraUse;
import giga.redraw.Diffusion;
import java.nio.file.Path;
import java.util.List;

/**
 * What a LoRA costs on this machine, measured.
 *
 * @param report what it changed
 * @param merge seconds to merge it into the model's weights
 * @param restore seconds to bring the model's own weights back
 * @param without seconds of one call of the denoiser before
 * @param with seconds of the same with the LoRA
 */
public record LoraCost(LoraReport report, double merge, double restore, double without, double with) {
    /**
     * @param side of a square tile, in pixels
     * @param rounds of which the median counts
     * @throws ModelException where the LoRA cannot be read or is for other models
     */
    public static LoraCost of(Diffusion.Model model, Path lora, int side, int rounds) {
        Calibration.requireSensible(side, rounds);
        try (StableDiffusion loaded = model.load()) {
            Calibration.Tile tile = Calibration.Tile.square(loaded, side);
            double without = tile.measure(rounds).denoise();
            List<LoraUse> one = List.of(new LoraUse(lora, 1));
            double[] merges = new double[rounds];
            double[] restores = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                merges[i] = Calibration.secondsOf(() -> loaded.use(one));
                restores[i] = Calibration.secondsOf(() -> loaded.use(List.of()));
            }
            LoraReport report = loaded.use(one);
            return new LoraCost(
                    report,
                    Calibration.median(merges),
                    Calibration.median(restores),
                    without,
                    tile.measure(rounds).denoise());
        }
    }
}
