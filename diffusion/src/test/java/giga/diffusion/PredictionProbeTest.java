package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.network.UNet;
import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionProbeTest {
    @TempDir
    static Path folder;

    @Test
    void theMeanIsTheReferences() {
        float expected = GoldenFile.open("/networks/tiny_sd2/unet.safetensors").floats("vprobe.mean")[0];
        Path file = FormulaCheckpoint.TINY_SD2.write(folder.resolve("a.safetensors"));
        try (Checkpoint tiny = Checkpoint.open(file)) {
            assertThat(tiny.predictionTold()).isFalse();
            Weights weights =
                    new MappedWeights(tiny, Placement.onProcessor(Precision.F32)).below("model.diffusion_model.");
            double mean = Scope.read(() -> PredictionProbe.meanDifference(unet(weights), 4, 128));
            assertThat(mean).isCloseTo(expected, within(5e-7));
            assertThat(ask(weights)).isEqualTo(Prediction.EPS);
            assertThat(ask(lowered(weights))).isEqualTo(Prediction.V);
        }
        try (StableDiffusion model = StableDiffusion.load(file, Precision.F32)) {
            assertThat(model.architecture().prediction()).isEqualTo(Prediction.EPS);
        }
    }

    private static Prediction ask(Weights weights) {
        return Scope.read(() -> PredictionProbe.ask(unet(weights), 4, 128));
    }

    private static UNet unet(Weights weights) {
        return new UNet(weights, new Heads.Width(64));
    }

    /** A UNet whose output is 2 lower everywhere. */
    private static Weights lowered(Weights weights) {
        return new Weights() {
            @Override
            public boolean has(String name) {
                return weights.has(name);
            }

            @Override
            public Tensor get(String name) {
                return name.equals("out.2.bias") ? weights.get(name).plus(-2) : weights.get(name);
            }
        };
    }
}
