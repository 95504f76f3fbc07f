package giga.diffusion.network;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Formula;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
}
