package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.FormulaCheckpoint.Key;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as trainers, mergers and savers leave them. */
class SingleFileTest {
    @TempDir
    private static Path shared;

    private static Path sd1;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModel() {
        sd1 = FormulaCheckpoint.TINY_SD1.write(shared.resolve("sd1.safetensors"));
    }

    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"SD15", "SD21", "SDXL", "TINY_SD1", "TINY_SDXL"})
    void everyNameOfAUNetIsFoundInItsAverages(FormulaCheckpoint model) {
        for (Key key : model.keys())
            if (key.key().startsWith(Parts.UNET))
                assertThat(Averages.name(average(key.key()))).as(key.key()).contains(key.key());
        for (String other : List.of("model_ema.decay", "model_ema.num_updates", "model_ema.diffusion_model", "betas"))
            assertThat(Averages.name(other)).isEmpty();
    }

    @Test
    void averagesAreUsedWhereThereIsNothingElse() {
        assertThat(renamed(name -> name.startsWith(Parts.UNET) ? average(name) : name))
                .satisfies(this::isTheModel);
    }

    @Test
    void averagesAreUsedWhereTheConfigurationWantsThem() throws IOException {
        List<Key> keys = new ArrayList<>(FormulaCheckpoint.TINY_SD1.keys());
        String name = "model.diffusion_model.out.2.weight";
        keys.add(new Key(average(name), List.of(4L, 32L, 3L, 3L), "something else"));
        Path file = FormulaCheckpoint.write(folder.resolve("trained.safetensors"), keys, Map.of());
        try (Checkpoint plain = Checkpoint.open(file)) {
            isTheModel(file);
            Files.writeString(folder.resolve("trained.yaml"), "model:\n  params:\n    use_ema: True\n");
            try (Checkpoint average = Checkpoint.open(file)) {
                assertThat(average.get(name).data().mismatch(plain.get(name).data()))
                        .isNotEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict.", "module.", "model.", "state_dict.module.", "model.model."})
    void whatIsWrappedAroundNames(String wrapper) {
        assertThat(renamed(wrapper::concat)).satisfies(this::isTheModel);
    }

    @Test
    void whatACompilerPutsIntoNames() {
        assertThat(renamed(name -> name.replace(Parts.UNET, Parts.UNET + "_orig_mod.")))
                .satisfies(this::isTheModel);
    }

    @Test
    void anAutoencodersAttentionAsMatrices() {
        List<Key> keys = FormulaCheckpoint.TINY_SD1.keys().stream()
                .map(key -> key.key().matches(".*\\.mid\\.attn_1\\.(q|k|v|proj_out)\\.weight")
                        ? new Key(key.key(), key.shape().subList(0, 2), key.name(), key.shape())
                        : key)
                .toList();
        isTheModel(FormulaCheckpoint.write(folder.resolve("matrices.safetensors"), keys, Map.of()));
    }

    @Test
    void averagesBelowAWrapper() {
        assertThat(renamed(name -> "module." + (name.startsWith(Parts.UNET) ? average(name) : name)))
                .satisfies(this::isTheModel);
    }

    @ParameterizedTest
    @CsvSource({"model.text_model., model.", "transformer.text_model., transformer.", "text_model.,''"})
    void sdxlWithItsSecondEncoderInHuggingFacesNames(String inside, String projection) throws IOException {
        Path original = FormulaCheckpoint.TINY_SDXL.write(folder.resolve("sdxl.safetensors"));
        try (Checkpoint model = Checkpoint.open(original)) {
            String place = "conditioner.embedders.1.";
            List<TensorEntry> stored = new ArrayList<>();
            for (String name : model.names())
                stored.addAll(
                        name.startsWith(Parts.SDXL_TEXT_2)
                                ? HuggingFaceText.stored(
                                        model.get(name), Parts.SDXL_TEXT_2, place + inside, place + projection)
                                : List.of(model.get(name)));
            Path file = folder.resolve("renamed.safetensors");
            SafetensorsWriter.write(file, stored, UnaryOperator.identity(), Map.of(), bytes -> {});
            try (Checkpoint renamed = Checkpoint.open(file)) {
                assertThat(renamed.architecture()).isEqualTo(model.architecture());
                assertThat(renamed.architecture().family()).isEqualTo(Family.SDXL);
                same(renamed, model);
            }
        }
    }

    @Test
    void sd2TurboStandsInTheLayoutOfSdxl() {
        assertThat(Kind.of(Map.of(
                        Parts.FIRST_CONV,
                        entry(Parts.FIRST_CONV, 320L, 4L, 3L, 3L),
                        "conditioner.embedders.0.model.ln_final.weight",
                        entry("x", 1024L))))
                .isEqualTo(Kind.SD2);
    }

    @Test
    void theConfigurationBesideIsRead() throws IOException {
        Path model = Files.createLink(folder.resolve("model.safetensors"), sd1);
        Files.writeString(folder.resolve("model.yaml"), """
                model:
                  base_learning_rate: 1.0e-4
                  target: ldm.models.diffusion.ddpm.LatentDiffusion
                  params:
                    parameterization: "v"   # velocity
                    scale_factor: 0.25
                    conditioning_key: crossattn
                    unet_config:
                      target: ldm.modules.diffusionmodules.openaimodel.UNetModel
                      params:
                        use_ema: True
                        attention_resolutions: [ 4, 2, 1 ]
                        channel_mult:
                        - 1
                        - 2
                    scale_by_std: false
                """);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            assertThat(checkpoint.architecture().prediction()).isEqualTo(Prediction.V);
            assertThat(checkpoint.architecture().latentScale()).isEqualTo(0.25);
            assertThat(checkpoint.predictionTold()).isTrue();
        }
        TrainingConfig config = TrainingConfig.beside(model);
        assertThat(config.averages()).isFalse();
        assertThat(config.values()).containsEntry("model.params.scale_by_std", "false");
    }

    @ParameterizedTest
    @CsvSource({
        "parameterization: x0, parameterization is",
        "scale_factor: -1, scale_factor is",
        "scale_factor: a, must be"
    })
    void aConfigurationThatIsNotSupported(String line, String message) throws IOException {
        Path model = Files.createLink(folder.resolve("model.safetensors"), sd1);
        Files.writeString(folder.resolve("model.yaml"), "model:\n  params:\n    " + line + "\n");
        assertThatThrownBy(() -> Checkpoint.open(model)).hasMessageContaining(message);
    }

    @Test
    void tenThousandDamagedConfigurations() throws IOException {
        String good = "model:\n  params:\n    parameterization: \"v\"\n    scale_factor: 0.2 # x\n    use_ema: 'no'\n";
        String[] pieces = {":", "\n", "  ", "'", "\"", "#", "- ", "\t", "{", "1e999", "\0", "eps"};
        Path model = folder.resolve("model.safetensors");
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            int from = random.nextInt(good.length());
            int to = Math.min(good.length(), from + random.nextInt(5));
            String damaged = good.substring(0, from) + pieces[random.nextInt(pieces.length)] + good.substring(to);
            TrainingConfig config = TrainingConfig.parse(folder.resolve("model.yaml"), damaged);
            try {
                config.averages();
                config.prediction();
                assertThat(config.latentScale(1)).isPositive().isFinite();
            } catch (ModelException e) {
                assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
            }
        }
        Files.writeString(folder.resolve("model.yaml"), "#".repeat(2 << 20));
        assertThatThrownBy(() -> TrainingConfig.beside(model)).hasMessageContaining("no model's configuration");
    }

    private Path renamed(UnaryOperator<String> naming) {
        List<Key> keys = FormulaCheckpoint.TINY_SD1.keys().stream()
                .map(key -> new Key(naming.apply(key.key()), key.shape(), key.name()))
                .toList();
        return FormulaCheckpoint.write(folder.resolve("renamed.safetensors"), keys, Map.of());
    }

    private void isTheModel(Path file) {
        try (Checkpoint model = Checkpoint.open(file);
                Checkpoint original = Checkpoint.open(sd1)) {
            assertThat(model.architecture()).isEqualTo(original.architecture());
            same(model, original);
        }
    }

    static void same(Checkpoint model, Checkpoint original) {
        assertThat(model.names()).isEqualTo(original.names());
        for (String name : original.names()) {
            TensorEntry entry = model.get(name);
            assertThat(entry.name()).isEqualTo(name);
            assertThat(entry.shape()).as(name).isEqualTo(original.get(name).shape());
            assertThat(entry.data().mismatch(original.get(name).data()))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    private static String average(String name) {
        return "model_ema." + name.substring("model.".length()).replace(".", "");
    }

    private static TensorEntry entry(String name, Long... shape) {
        return new TensorEntry(name, DType.F16, List.of(shape), MemorySegment.NULL);
    }
}
