package giga.diffusion;

import giga.diffusion.network.Sinusoids;
import giga.diffusion.weights.Architecture.Family;
import java.util.Arrays;

/**
 * What SDXL's UNets see beside the text (Podell et al., arXiv 2307.01952, section 2.2): the pooled text, then numbers
 * about the picture, each as 256 waves. As A1111 fills them in: the picture is made at its original size and nothing is
 * cropped.
 */
final class SizeVector {
    private static final int WAVES = 256;

    private SizeVector() {}

    /**
     * @param height of the picture in pixels
     * @return the pooled text's values and those of 6 numbers, or 5 for the refiner
     */
    static float[] of(Family family, Conditioning conditioning, int height, int width) {
        float[] pooled = conditioning.pooled().orElseThrow();
        float[] numbers = family == Family.SDXL_REFINER
                ? new float[] {height, width, 0, 0, (float) conditioning.aestheticScore()}
                : new float[] {height, width, 0, 0, height, width};
        float[] vector = Arrays.copyOf(pooled, pooled.length + numbers.length * WAVES);
        System.arraycopy(Sinusoids.of(numbers, WAVES), 0, vector, pooled.length, numbers.length * WAVES);
        return vector;
    }
}
