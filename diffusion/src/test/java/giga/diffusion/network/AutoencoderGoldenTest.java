package giga.diffusion.network;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Formula;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A small KL autoencoder, which all families share, and the tiny one, against the reference implementations. */
class AutoencoderGoldenTest {
    @TempDir
    static Path folder;

    private static TinyModels models;

    @BeforeAll
    static void open() {
        models = new TinyModels(folder);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @ParameterizedTest
    @EnumSource
    void klAutoencoder(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "vae.safetensors");
        Scope.read(() -> {
            var vae = new AutoencoderKl(
                    models.weights(FormulaCheckpoint.TINY_SD1, precision).below("first_stage_model."));
            for (String name : golden.values().names()) {
                String input = name.substring(0, name.lastIndexOf('.'));
                if (name.startsWith("d") && name.endsWith(".image"))
                    golden.check(name, vae.decode(golden.tensor(input + ".latent")), precision);
                if (name.endsWith(".mean")) {
                    Tensor image = golden.values().has(input + ".image")
                            ? golden.tensor(input + ".image")
                            : Tensor.of(
                                    Formula.input("input/tiny_sd1/" + input + "/image", 3 * 72 * 136, 2),
                                    1,
                                    3,
                                    72,
                                    136);
                    golden.check(name, vae.encode(image), precision);
                    golden.check(input + ".logvar", logVariance(vae.moments(image)), precision);
                }
            }
            return golden;
        });
    }

    private static Tensor logVariance(Tensor moments) {
        return moments.narrow(1, moments.size(1) / 2, moments.size(1) / 2);
    }

    @ParameterizedTest
    @EnumSource
    void tinyAutoencoder(Precision precision) {
        Golden golden = Golden.open("taesd", "taesd.safetensors");
        Checkpoint taesd = FormulaCheckpoint.openTaesd(folder.resolve("taesd-" + precision));
        Scope.read(() -> {
            var vae = new AutoencoderTiny(new MappedWeights(taesd, Placement.onProcessor(precision)));
            for (String name : golden.values().names()) {
                String input = name.substring(0, name.lastIndexOf('.'));
                if (name.startsWith("d") && name.endsWith(".image"))
                    golden.check(name, vae.decode(golden.tensor(input + ".latent")), precision);
                if (name.startsWith("e") && name.endsWith(".latent"))
                    golden.check(name, vae.encode(golden.tensor(input + ".image")), precision);
            }
            return golden;
        });
        taesd.close();
    }

    /** SDXL's decoder goes beyond 65504, the end of halves, in its residual stream; bf16 reaches as far as f32. */
    @Test
    void bf16GoesBeyondWhatHalvesHold() {
        Golden golden = Golden.open("tiny_sd1", "vae.safetensors");
        Scope.read(() -> {
            float[] exact = decodeFarOut(golden, Precision.F32);
            float[] rounded = decodeFarOut(golden, Precision.BF16);
            double power = 0;
            double squares = 0;
            for (int i = 0; i < exact.length; i++) {
                power += exact[i] * exact[i];
                squares += Math.pow(rounded[i] - exact[i], 2);
            }
            assertThat(Math.sqrt(squares / power)).isLessThan(0.05);
            for (float value : decodeFarOut(golden, Precision.FP16))
                assertThat(value).isNaN();
            return golden;
        });
    }

    private static float[] decodeFarOut(Golden golden, Precision precision) {
        Weights weights = models.weights(FormulaCheckpoint.TINY_SD1, precision).below("first_stage_model.");
        Weights scaled = new Weights() {
            @Override
            public boolean has(String name) {
                return weights.has(name);
            }

            @Override
            public Tensor get(String name) {
                return name.startsWith("decoder.conv_in.") ? weights.get(name).times(0x1p14) : weights.get(name);
            }
        };
        return new AutoencoderKl(scaled).decode(golden.tensor("d8x8.latent")).toFloats();
    }
}
