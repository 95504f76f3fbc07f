package giga.diffusion.network;

import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The UNets of a small family of each kind against the reference implementations. */
class UNetGoldenTest {
    private static final Pattern FAINT = Pattern.compile(
            ".*((input_blocks\\.0\\.0|out_layers\\.3|proj_in|proj_out|to_out\\.0|ff\\.net\\.2)\\.(weight|bias)"
                    + "|(\\.op|\\.conv|skip_connection)\\.bias)");

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
    @CsvSource({
        "TINY_SD1, F32", "TINY_SD1, BF16", "TINY_SD1, FP16",
        "TINY_SD2, F32", "TINY_SD2, BF16", "TINY_SD2, FP16",
        "TINY_SDXL, F32", "TINY_SDXL, BF16", "TINY_SDXL, FP16"
    })
    void unet(FormulaCheckpoint model, Precision precision) {
        Golden golden = golden(model);
        Scope.read(() -> {
            UNet unet = unet(model, models.weights(model, precision));
            for (String name : golden.values().names()) {
                if (!name.endsWith(".output") || name.startsWith("faint")) continue;
                String input = name.substring(0, name.length() - ".output".length());
                golden.check(name, forward(unet, golden, input), precision);
            }
            return golden;
        });
    }

    /** Features of about 1e-3, where a wrong epsilon of a norm shows. */
    @ParameterizedTest
    @EnumSource(names = {"TINY_SD1", "TINY_SD2", "TINY_SDXL"})
    void faintFeatures(FormulaCheckpoint model) {
        Golden golden = golden(model);
        Scope.read(() -> {
            UNet unet = unet(model, faint(models.weights(model, Precision.F32)));
            golden.check("faint.output", forward(unet, golden, "stages"), Precision.F32);
            return golden;
        });
    }

    private static Golden golden(FormulaCheckpoint model) {
        return Golden.open(TinyModels.folder(model), "unet.safetensors");
    }

    private static UNet unet(FormulaCheckpoint model, Weights weights) {
        return new UNet(
                weights.below("model.diffusion_model."),
                models.get(model).architecture().heads());
    }

    private static Tensor forward(UNet unet, Golden golden, String input) {
        String vector = input + ".vector";
        return unet.forward(
                golden.tensor(input + ".latent"),
                golden.values().floats(input + ".timestep"),
                golden.tensor(input + ".context"),
                golden.values().has(vector) ? Optional.of(golden.tensor(vector)) : Optional.empty());
    }

    private static Weights faint(Weights weights) {
        return new Weights() {
            @Override
            public boolean has(String name) {
                return weights.has(name);
            }

            @Override
            public Tensor get(String name) {
                Tensor weight = weights.get(name);
                return FAINT.matcher(name).matches() ? weight.times(0x1p-10) : weight;
            }
        };
    }
}
