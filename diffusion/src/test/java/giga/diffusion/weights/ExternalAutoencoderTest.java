package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.FormulaCheckpoint.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The autoencoder of one file in the model of another. */
class ExternalAutoencoderTest {
    private static final List<Key> KEYS = FormulaCheckpoint.TINY_SD1.keys();
    private static final String ANY = Parts.KL + "decoder.mid.attn_1.q.weight";

    @TempDir
    private static Path shared;

    private static Path whole;
    private static Path without;
    private static Path diffusers;

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeModels() throws IOException {
        whole = FormulaCheckpoint.TINY_SD1.write(shared.resolve("whole.safetensors"));
        List<Key> rest =
                KEYS.stream().filter(key -> !key.key().startsWith(Parts.KL)).toList();
        without = FormulaCheckpoint.write(shared.resolve("without.safetensors"), rest, Map.of());
        diffusers = TinyFolder.write(shared.resolve("diffusers"));
    }

    @Test
    void aModelWithoutAnAutoencoderSaysWhatGivesItOne() {
        assertThatThrownBy(() -> Checkpoint.open(without))
                .isInstanceOf(ModelException.class)
                .hasMessage(without + ": it has no autoencoder; --vae FILE gives it one.");
    }

    @Test
    void latentDiffusionsNamesWithAndWithoutTheirPrefix() {
        fills(autoencoder("plain.safetensors", name -> name.substring(Parts.KL.length())));
        fills(autoencoder("prefixed.safetensors", name -> name));
    }

    @Test
    void anotherCheckpointsAutoencoder() {
        fills(whole);
    }

    @Test
    void diffusersNamesAsAFolderAndAsAFile() {
        fills(diffusers.resolve("vae"));
        fills(diffusers.resolve("vae/diffusion_pytorch_model.safetensors"));
        fills(diffusers);
    }

    @Test
    void leftoversOfTrainingAreDropped() {
        List<Key> keys = new ArrayList<>();
        for (Key key : KEYS)
            if (key.key().startsWith(Parts.KL))
                keys.add(new Key(key.key().substring(Parts.KL.length()), key.shape(), key.name()));
        for (String leftover : List.of("loss.logvar", "model_ema.decay", "model_ema.num_updates", "loss.perceptual.x"))
            keys.add(new Key(leftover, List.of(1L), leftover));
        fills(FormulaCheckpoint.write(folder.resolve("trained.safetensors"), keys, Map.of()));
    }

    @Test
    void aFolderNeedsNoAutoencoderOfItsOwn() throws IOException {
        Path partial = folder.resolve("partial");
        for (String part : List.of("unet", "text_encoder", "scheduler")) {
            Files.createDirectories(partial.resolve(part));
            try (var files = Files.list(diffusers.resolve(part))) {
                for (Path file : files.toList())
                    Files.createLink(partial.resolve(part).resolve(file.getFileName()), file);
            }
        }
        assertThatThrownBy(() -> Checkpoint.open(partial)).hasMessageContaining("no folder vae; --vae FILE");
        try (Checkpoint model = Checkpoint.open(partial, ModelOptions.NONE.withVae(whole));
                Checkpoint full = Checkpoint.open(diffusers)) {
            assertThat(model.names()).isEqualTo(full.names());
            assertThat(model.architecture()).isEqualTo(full.architecture());
        }
    }

    @Test
    void theTinyAutoencoderInDiffusersNames() {
        assertTiny(FormulaCheckpoint.TAESD.write(folder.resolve("taesd.safetensors")));
    }

    @Test
    void theTinyAutoencodersPairByEitherHalfOrByItsFolder() {
        Path encoder = half("encoder");
        assertThatThrownBy(() -> open(whole, encoder)).hasMessageContaining("put taesd_decoder.safetensors beside it");
        Path decoder = half("decoder");
        assertTiny(encoder);
        assertTiny(decoder);
        assertTiny(folder);
    }

    @Test
    void aFileBesideTheCheckpointIsTaken() throws IOException {
        Path model = Files.createLink(folder.resolve("model.safetensors"), whole);
        try (Checkpoint own = Checkpoint.open(model)) {
            assertThat(own.vae()).isEmpty();
        }
        Path beside = FormulaCheckpoint.TAESD.write(folder.resolve("model.vae.safetensors"));
        try (Checkpoint with = Checkpoint.open(model)) {
            assertThat(with.vae()).contains(beside);
            assertThat(with.architecture().autoencoder()).isEqualTo(Autoencoder.TINY);
        }
        assertThat(ModelSummary.of(model).vae()).contains(beside);
        try (Checkpoint told = open(model, whole)) {
            assertThat(told.vae()).contains(whole);
        }
    }

    @Test
    void latentsMustFit() {
        List<Key> keys = KEYS.stream()
                .filter(key -> key.key().startsWith(Parts.KL))
                .map(key -> key.key().equals(Parts.KL + "decoder.conv_in.weight")
                        ? new Key(key.key(), List.of(key.shape().getFirst(), 16L, 3L, 3L), key.name())
                        : key)
                .toList();
        Path wide = FormulaCheckpoint.write(folder.resolve("wide.safetensors"), keys, Map.of());
        assertThatThrownBy(() -> open(whole, wide)).hasMessageContaining("its latents have 16 channels");
    }

    @Test
    void whatHasNoAutoencoderIsNamed() {
        assertThatThrownBy(() -> open(whole, without))
                .hasMessageContaining(without + ": it has no autoencoder (it is Stable Diffusion 1)");
        assertThatThrownBy(() -> open(whole, folder)).hasMessageContaining(folder + ": it has no autoencoder");
        assertThatThrownBy(() -> open(whole, folder.resolve("none.safetensors")))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aForcedPredictionWins() {
        Path told = FormulaCheckpoint.TINY_SD1.write(
                folder.resolve("told.safetensors"), Map.of("modelspec.prediction_type", "epsilon"));
        ModelOptions velocity = new ModelOptions(Optional.empty(), Optional.of(Prediction.V));
        try (Checkpoint model = Checkpoint.open(told, velocity)) {
            assertThat(model.architecture().prediction()).isEqualTo(Prediction.V);
            assertThat(model.predictionTold()).isTrue();
        }
        Path second = FormulaCheckpoint.TINY_SD2.write(folder.resolve("sd2.safetensors"));
        try (Checkpoint asked = Checkpoint.open(second);
                Checkpoint forced = Checkpoint.open(second, velocity)) {
            assertThat(asked.predictionTold()).isFalse();
            assertThat(forced.predictionTold()).isTrue();
        }
    }

    /** The model without an autoencoder becomes the whole one. */
    private static void fills(Path vae) {
        try (Checkpoint model = open(without, vae);
                Checkpoint original = Checkpoint.open(whole)) {
            assertThat(model.vae()).contains(vae);
            assertThat(model.names()).isEqualTo(original.names());
            assertThat(model.architecture()).isEqualTo(original.architecture());
            assertThat(model.get(ANY).shape()).isEqualTo(original.get(ANY).shape());
            assertThat(model.get(ANY).data().mismatch(original.get(ANY).data())).isEqualTo(-1);
        }
    }

    private static void assertTiny(Path vae) {
        try (Checkpoint model = open(whole, vae)) {
            assertThat(model.architecture().autoencoder()).isEqualTo(Autoencoder.TINY);
            assertThat(model.architecture().latentScale()).isEqualTo(1);
            assertThat(model.get("taesd_decoder.1.weight").shape()).containsExactly(64L, 4L, 3L, 3L);
            assertThat(model.names()).noneMatch(name -> name.startsWith(Parts.KL));
        }
    }

    private static Checkpoint open(Path model, Path vae) {
        return Checkpoint.open(model, ModelOptions.NONE.withVae(vae));
    }

    private Path autoencoder(String file, UnaryOperator<String> naming) {
        List<Key> keys = KEYS.stream()
                .filter(key -> key.key().startsWith(Parts.KL))
                .map(key -> new Key(naming.apply(key.key()), key.shape(), key.name()))
                .toList();
        return FormulaCheckpoint.write(folder.resolve(file), keys, Map.of());
    }

    private Path half(String half) {
        String prefix = "taesd_" + half + ".";
        List<Key> keys = FormulaCheckpoint.TAESD.keys().stream()
                .filter(key -> key.name().startsWith(prefix))
                .map(key -> new Key(key.name().substring(prefix.length()), key.shape(), key.name()))
                .toList();
        return FormulaCheckpoint.write(folder.resolve("taesd_" + half + ".safetensors"), keys, Map.of());
    }
}
