package giga.redraw.forecast;

import giga.diffusion.ModelException;
import giga.diffusion.tensor.Placement;
import giga.diffusion.upscale.Upscaler;
import giga.redraw.JobException;
import java.nio.file.Path;
import java.util.Random;

/**
 * What an upscaler costs on this machine, measured.
 *
 * @param description of the network
 * @param seconds to enlarge one square tile
 */
public record UpscalerCost(String description, double seconds) {
    /** Bytes that an array holds. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    /**
     * @param side of the tile, in pixels
     * @param rounds of which the median counts
     * @throws ModelException where the upscaler cannot be read
     * @throws JobException where a side or a count makes no sense
     */
    public static UpscalerCost of(Path upscaler, Placement placement, int side, int rounds) {
        Calibration.requireSensible(side, rounds);
        byte[] picture = new byte[3 * side * side];
        new Random(1).nextBytes(picture);
        try (Upscaler network = Upscaler.open(upscaler, placement)) {
            long result = (long) side * network.scale();
            if (3 * result * result > LARGEST)
                throw new JobException(
                        "size %d: the network makes %d of it, too large for one go; give less".formatted(side, result));
            return new UpscalerCost(
                    network.description(), Calibration.seconds(rounds, () -> network.upscale(side, side, picture)));
        }
    }
}
