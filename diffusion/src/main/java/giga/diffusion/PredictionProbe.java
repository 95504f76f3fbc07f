package giga.diffusion;

import giga.diffusion.network.UNet;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Architecture.Prediction;
import java.util.Arrays;
import java.util.Optional;

/**
 * Asks a UNet what it predicts, as A1111 does for SD 2.x, whose files do not say: near pure noise the noise is the input
 * itself, and the velocity is far below it.
 */
final class PredictionProbe {
    private static final int SIDE = 8;
    private static final int TOKENS = 2;
    private static final float INPUT = 0.5f;
    private static final float TIMESTEP = 999;

    private PredictionProbe() {}

    static Prediction ask(UNet unet, int channels, int textWidth) {
        return meanDifference(unet, channels, textWidth) < -1 ? Prediction.V : Prediction.EPS;
    }

    /** The mean of output minus input, on an input of the same value everywhere. */
    static double meanDifference(UNet unet, int channels, int textWidth) {
        Tensor latents = Tensor.of(filled(channels * SIDE * SIDE), 1, channels, SIDE, SIDE);
        Tensor context = Tensor.of(filled(TOKENS * textWidth), 1, TOKENS, textWidth);
        float[] output = unet.forward(latents, new float[] {TIMESTEP}, context, Optional.empty())
                .toFloats();
        double sum = 0;
        for (float value : output) sum += value - INPUT;
        return sum / output.length;
    }

    private static float[] filled(int count) {
        float[] values = new float[count];
        Arrays.fill(values, INPUT);
        return values;
    }
}
