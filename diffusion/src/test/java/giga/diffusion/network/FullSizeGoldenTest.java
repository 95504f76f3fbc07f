package giga.diffusion.network;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Formula;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The networks at their real sizes. {@code -Dgiga.sd15=FILE}, {@code -Dgiga.sd21=FILE} and {@code -Dgiga.sdxl=FILE} name
 * formula checkpoints; without the first one of 2.1 GB is made, without the others their tests are left out. SDXL's in
 * f32 takes 11 GB of memory.
 */
@Tag("slow")
class FullSizeGoldenTest {
    private static final int[] ROWS = {0, 1, 6, 75, 76};

    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource({
        "SD15, full_sd1, F32", "SD15, full_sd1, BF16",
        "SD21, full_sd21, F32", "SD21, full_sd21, BF16",
        "SDXL, full_sdxl, F32", "SDXL, full_sdxl, BF16"
    })
    void unet(FormulaCheckpoint formula, String golden, Precision precision) {
        Golden values = Golden.open(golden, "unet.safetensors");
        try (Checkpoint model = open(formula)) {
            Scope.read(() -> {
                Architecture.Heads heads = model.architecture().heads();
                MappedWeights weights = new MappedWeights(model, Placement.onProcessor(precision));
                UNet unet = new UNet(weights.below("model.diffusion_model."), heads);
                for (String input : List.of("stages", "frac"))
                    values.check(input + ".output", forward(unet, values, golden, input), precision);
                return values;
            });
        }
    }

    private static Tensor forward(UNet unet, Golden golden, String folder, String input) {
        int width = switch (folder) {
            case "full_sd1" -> 768;
            case "full_sd21" -> 1024;
            default -> 2048;
        };
        float[] context = Formula.input("input/" + folder + "/" + input + "/context", 77 * width, Math.sqrt(12));
        String vector = input + ".vector";
        return unet.forward(
                golden.tensor(input + ".latent"),
                golden.values().floats(input + ".timestep"),
                Tensor.of(context, 1, 77, width),
                golden.values().has(vector) ? Optional.of(golden.tensor(vector)) : Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void autoencoder(Precision precision) {
        Golden golden = Golden.open("full_sd1", "vae.safetensors");
        try (Checkpoint model = open(FormulaCheckpoint.SD15)) {
            Scope.read(() -> {
                var vae = new AutoencoderKl(
                        new MappedWeights(model, Placement.onProcessor(precision)).below("first_stage_model."));
                golden.check("e64x40.mean", vae.encode(golden.tensor("e64x40.image")), precision);
                golden.check("d8x5.image", vae.decode(golden.tensor("d8x5.latent")), precision);
                return golden;
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"SD15, F32", "SD15, BF16", "SD21, F32", "SD21, BF16", "SDXL, F32", "SDXL, BF16"})
    void textEncoders(FormulaCheckpoint formula, Precision precision) {
        try (Checkpoint model = open(formula)) {
            Scope.read(() -> {
                MappedWeights weights = new MappedWeights(model, Placement.onProcessor(precision));
                for (Architecture.TextEncoder encoder : model.architecture().textEncoders())
                    check(formula, TextEncoder.of(weights, encoder), precision);
                return model;
            });
        }
    }

    private static void check(FormulaCheckpoint formula, TextEncoder encoder, Precision precision) {
        switch (formula) {
            case SD15 -> {
                Golden golden = Golden.open("full_sd1", "text.safetensors");
                Tokens tokens = golden.tokens("clip.ids");
                for (int skip = 1; skip <= 2; skip++)
                    checkRows(golden, "clip.skip" + skip, ((ClipTextEncoder) encoder).forward(tokens, skip), precision);
            }
            case SD21 -> {
                Golden golden = Golden.open("full_sd21", "text.safetensors");
                Tensor hidden = ((OpenClipTextEncoder) encoder).forward(golden.tokens("openclip.ids"));
                checkRows(golden, "openclip.penultimate", hidden, precision);
            }
            default -> {
                Golden golden = Golden.open("full_sdxl", "text.safetensors");
                switch (encoder) {
                    case ClipTextEncoder clip ->
                        checkRows(
                                golden,
                                "clip_l.hidden",
                                clip.forwardUnnormed(golden.tokens("clip_l.ids"), 2),
                                precision);
                    case OpenClipTextEncoder openClip -> {
                        OpenClipTextEncoder.Pooled both = openClip.forwardPooled(golden.tokens("clip_g.ids"));
                        checkRows(golden, "clip_g.hidden", both.hidden(), precision);
                        golden.check("clip_g.pooled", both.pooled(), precision);
                    }
                }
            }
        }
    }

    private static void checkRows(Golden golden, String name, Tensor hidden, Precision precision) {
        List<Tensor> rows = new ArrayList<>();
        for (int row : ROWS) rows.add(hidden.narrow(1, row, 1));
        golden.check(name + ".rows_0_1_6_75_76", Tensor.cat(1, rows), precision);
    }

    private static Checkpoint open(FormulaCheckpoint formula) {
        String given = System.getProperty("giga." + formula.name().toLowerCase(Locale.ROOT), "");
        if (!given.isEmpty()) return Checkpoint.open(Path.of(given));
        assumeTrue(formula == FormulaCheckpoint.SD15, "no checkpoint is given");
        Path file = folder.resolve("sd15.safetensors");
        return Checkpoint.open(file.toFile().exists() ? file : formula.write(file));
    }
}
