package giga.diffusion.network;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Formula;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SD 1.5 at its real size. {@code -Dgiga.sd15=FILE} names a formula checkpoint, else one of 2.1 GB is made. */
@Tag("slow")
class FullSizeGoldenTest {
    private static final int[] ROWS = {0, 1, 6, 75, 76};

    @TempDir
    static Path folder;

    private static Checkpoint model;

    @BeforeAll
    static void open() {
        String given = System.getProperty("giga.sd15");
        Path file = given == null ? FormulaCheckpoint.SD15.write(folder.resolve("sd15.safetensors")) : Path.of(given);
        model = Checkpoint.open(file);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @EnumSource
    void unet(Precision precision) {
        Golden golden = Golden.open("full_sd1", "unet.safetensors");
        Scope.read(() -> {
            UNet unet = new UNet(
                    new MappedWeights(model, precision).below("model.diffusion_model."), precision, new Heads.Count(8));
            for (String input : List.of("stages", "frac")) {
                float[] context = Formula.input("input/full_sd1/" + input + "/context", 77 * 768, Math.sqrt(12));
                Tensor output = unet.forward(
                        golden.tensor(input + ".latent"),
                        golden.values().floats(input + ".timestep"),
                        Tensor.of(context, 1, 77, 768),
                        Optional.empty());
                golden.check(input + ".output", output, precision);
            }
            return golden;
        });
    }

    @ParameterizedTest
    @EnumSource
    void autoencoder(Precision precision) {
        Golden golden = Golden.open("full_sd1", "vae.safetensors");
        Scope.read(() -> {
            var vae = new AutoencoderKl(new MappedWeights(model, precision).below("first_stage_model."), precision);
            golden.check("e64x40.mean", vae.encode(golden.tensor("e64x40.image")), precision);
            golden.check("d8x5.image", vae.decode(golden.tensor("d8x5.latent")), precision);
            return golden;
        });
    }

    @ParameterizedTest
    @EnumSource
    void textEncoder(Precision precision) {
        Golden golden = Golden.open("full_sd1", "text.safetensors");
        Scope.read(() -> {
            var weights = new MappedWeights(model, precision).below("cond_stage_model.transformer.text_model.");
            var encoder = new ClipTextEncoder(weights, 12, Activation.QUICK_GELU);
            Tokens tokens = golden.tokens("clip.ids");
            for (int skip = 1; skip <= 2; skip++)
                golden.check("clip.skip" + skip + ".rows_0_1_6_75_76", rows(encoder.forward(tokens, skip)), precision);
            return golden;
        });
    }

    private static Tensor rows(Tensor hidden) {
        List<Tensor> rows = new ArrayList<>();
        for (int row : ROWS) rows.add(hidden.narrow(1, row, 1));
        return Tensor.cat(1, rows);
    }
}
