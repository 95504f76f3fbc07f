package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.FormulaCheckpoint.Key;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The checkpoints by formula are the ones the golden values were computed with. */
class FormulaCheckpointTest {
    private static final String UNET = "model.diffusion_model.";
    private final JsonNode checks =
            new JsonMapper().readTree(FormulaCheckpointTest.class.getResourceAsStream("checks.json"));

    @Test
    void theFormulasOwnCheckValues() {
        Formula formula = new Formula(Formula.of("x.weight", List.of(3L)).hash(), 1, 0);
        assertThat(Long.toUnsignedString(formula.hash())).isEqualTo("10289762038282693296");
        assertThat(new float[] {formula.at(0), formula.at(1), formula.at(2)})
                .containsExactly(-0.3723026f, 0.3282445f, -0.03869933f);
    }

    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"TINY_SD1", "TINY_SD2", "TINY_SDXL"})
    void allOfATinyCheckpoint(FormulaCheckpoint model) throws IOException {
        JsonNode check = checks.get(model.name().toLowerCase(Locale.ROOT));
        assertThat(model.keys()).hasSize(check.get("tensors").intValue());
        assertThat(sha256(model.keys())).isEqualTo(check.get("sha256").stringValue());
    }

    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"TINY_SD1", "SD15", "SD21", "SDXL"})
    void tensorsOneByOne(FormulaCheckpoint model) throws IOException {
        JsonNode check = checks.get(model.name().toLowerCase(Locale.ROOT));
        assertThat(model.keys()).hasSize(check.get("tensors").intValue());
        assertThat(model.keys().stream().mapToLong(Key::elements).sum())
                .isEqualTo(check.get("elements").longValue());
        JsonNode some = check.get("some");
        for (Key key : model.keys()) {
            if (some.has(key.key())) {
                assertThat(sha256(List.of(key)))
                        .as(key.key())
                        .isEqualTo(some.get(key.key()).get("sha256").stringValue());
            }
        }
    }

    @Test
    void opensAsASingleFile(@TempDir Path folder) {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        try (Checkpoint model = Checkpoint.open(file)) {
            assertThat(model.name()).isEqualTo("tiny");
            assertThat(model.architecture().prediction()).isEqualTo(Prediction.EPS);
            assertThat(model.architecture().heads()).isEqualTo(new Heads.Count(8));
            assertThat(model.architecture().textEncoders().getFirst().heads()).isEqualTo(2);
            assertThat(model.names()).hasSize(970).doesNotContain(Parts.TEXT + "embeddings.position_ids");
            assertThat(model.bytes()).isEqualTo((20748472 - 77) * 2);
            assertThat(model.get(UNET + "input_blocks.0.0.weight").shape()).containsExactly(32L, 4L, 3L, 3L);
        }
    }

    @Test
    void metadataTellsThePrediction(@TempDir Path folder) {
        Path file = FormulaCheckpoint.TINY_SD1.write(
                folder.resolve("tiny.safetensors"), Map.of("modelspec.prediction_type", "v"));
        try (Checkpoint model = Checkpoint.open(file)) {
            assertThat(model.architecture().prediction()).isEqualTo(Prediction.V);
        }
    }

    @Test
    void anOldFileWithLeftoversOfTrainingHoldsTheSame(@TempDir Path folder) {
        List<Key> keys = new ArrayList<>();
        for (Key key : FormulaCheckpoint.TINY_SD1.keys()) {
            keys.add(new Key(key.key().replace(".text_model.", "."), key.shape(), key.name()));
        }
        for (String leftover : List.of(
                "model_ema.diffusion_modelinput_blocks00weight",
                "betas",
                "alphas_cumprod",
                "logit_scale",
                "first_stage_model.loss.logvar",
                "first_stage_model.model_ema.decay")) {
            keys.add(new Key(leftover, List.of(3L), leftover));
        }
        Path old = FormulaCheckpoint.write(folder.resolve("old.safetensors"), keys, Map.of());
        Path recent = FormulaCheckpoint.TINY_SD1.write(folder.resolve("recent.safetensors"));
        try (Checkpoint a = Checkpoint.open(old);
                Checkpoint b = Checkpoint.open(recent)) {
            assertThat(a.names()).isEqualTo(b.names());
            assertThat(a.architecture()).isEqualTo(b.architecture());
            assertThat(a.get(Parts.TOKENS).data().mismatch(b.get(Parts.TOKENS).data()))
                    .isEqualTo(-1);
        }
    }

    @Test
    void theTinyAutoencoderAlone(@TempDir Path folder) {
        try (Checkpoint model = FormulaCheckpoint.openTaesd(folder.resolve("taesd.safetensors"))) {
            assertThat(model.names()).hasSize(134);
            assertThat(model.get("taesd_decoder.1.weight").shape()).containsExactly(64L, 4L, 3L, 3L);
        }
    }

    private static String sha256(List<Key> keys) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
            for (Key key : keys) {
                FormulaCheckpoint.write(key, out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
