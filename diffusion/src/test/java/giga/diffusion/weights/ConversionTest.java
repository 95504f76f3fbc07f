package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Architecture.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = FormulaCheckpoint.class,
            names = {"TINY_SD1", "TINY_SD2", "TINY_SDXL"})
    void fileToFolderToFileKeepsEveryByte(FormulaCheckpoint tiny) {
        Path file = tiny.write(folder.resolve("tiny.safetensors"));
        Path parts = folder.resolve("parts");
        Path back = folder.resolve("back.safetensors");
        ModelOptions velocity = new ModelOptions(Optional.empty(), Optional.of(Prediction.V));
        try (Checkpoint model = Checkpoint.open(file, velocity)) {
            AtomicLong written = new AtomicLong();
            Conversion conversion = new Conversion(model, Optional.empty());
            conversion.write(parts, false, written::addAndGet);
            assertThat(written).hasValue(conversion.bytes());
            try (Checkpoint asFolder = Checkpoint.open(parts)) {
                SingleFileTest.same(asFolder, model);
                assertThat(asFolder.architecture()).isEqualTo(model.architecture());
                new Conversion(asFolder, Optional.empty()).write(back, false, bytes -> {});
            }
            try (Checkpoint asFile = Checkpoint.open(back)) {
                SingleFileTest.same(asFile, model);
                assertThat(asFile.architecture()).isEqualTo(model.architecture());
                assertThat(asFile.predictionTold()).isTrue();
            }
        }
        assertThat(Tokenizer.open(parts.resolve("tokenizer")).encode("a photograph of a bear's den"))
                .isEqualTo(Tokenizer.clip().encode("a photograph of a bear's den"));
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".partial"));
    }

    @Test
    void precisionChangesAndNothingElse() {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        Path wide = folder.resolve("wide.safetensors");
        Path narrow = folder.resolve("narrow.safetensors");
        try (Checkpoint model = Checkpoint.open(file)) {
            new Conversion(model, Optional.of(DType.F32)).write(wide, false, bytes -> {});
            try (Checkpoint full = Checkpoint.open(wide)) {
                assertThat(full.names()).isEqualTo(model.names());
                assertThat(full.get(Parts.TOKENS).dtype()).isEqualTo(DType.F32);
                assertThat(full.bytes()).isEqualTo(2 * model.bytes());
                new Conversion(full, Optional.of(DType.F16)).write(narrow, false, bytes -> {});
            }
            try (Checkpoint half = Checkpoint.open(narrow)) {
                SingleFileTest.same(half, model);
            }
        }
    }

    @Test
    void theEmbeddedModelBecomesAFolderButNoFile() {
        try (Checkpoint mini = Checkpoint.open(Path.of("../models/giga-mini"))) {
            assertThatThrownBy(() -> write(mini, "mini.safetensors", false))
                    .hasMessageContaining("a tiny autoencoder, which a single file cannot tell");
            write(mini, "mini", false);
            try (Checkpoint copy = Checkpoint.open(folder.resolve("mini"))) {
                SingleFileTest.same(copy, mini);
                assertThat(copy.architecture()).isEqualTo(mini.architecture());
            }
        }
        Config vae = Config.read(folder.resolve("mini/vae/config.json"));
        assertThat(vae.wholes("num_encoder_blocks", 0)).containsExactly(1, 2, 2, 2);
        assertThat(vae.wholes("num_decoder_blocks", 0)).containsExactly(2, 2, 2, 1);
    }

    @Test
    void anotherAutoencoderGoesIntoTheFile() {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        Path taesd = FormulaCheckpoint.TAESD.write(folder.resolve("taesd.safetensors"));
        try (Checkpoint model = Checkpoint.open(file, ModelOptions.NONE.withVae(taesd))) {
            write(model, "with", false);
            try (Checkpoint copy = Checkpoint.open(folder.resolve("with"))) {
                SingleFileTest.same(copy, model);
                assertThat(copy.architecture()).isEqualTo(model.architecture());
            }
        }
    }

    @Test
    void whatIsThereIsKeptUnlessForced() throws IOException {
        Path file = FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors"));
        try (Checkpoint model = Checkpoint.open(file)) {
            Path other = Files.writeString(folder.resolve("other.safetensors"), "mine");
            assertThatThrownBy(() -> write(model, "other.safetensors", false)).hasMessageContaining("--force replaces");
            assertThat(other).hasContent("mine");
            write(model, "other.safetensors", true);
            Checkpoint.open(other).close();
            assertThatThrownBy(() -> write(model, "tiny.safetensors", true)).hasMessageContaining("onto itself");
            Files.createDirectories(folder.resolve("papers/letters"));
            assertThatThrownBy(() -> write(model, "papers", true))
                    .hasMessageContaining("no model that could be replaced");
            write(model, "parts", false);
            assertThatThrownBy(() -> write(model, "parts", false)).hasMessageContaining("--force replaces");
            write(model, "parts", true);
            Checkpoint.open(folder.resolve("parts")).close();
            assertThatThrownBy(() -> write(model, "no/such/file.safetensors", false))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("there is no folder");
        }
    }

    @Test
    void aPredictionThatIsNotKnownIsNotWritten() {
        Path file = FormulaCheckpoint.TINY_SD2.write(folder.resolve("tiny.safetensors"));
        try (Checkpoint model = Checkpoint.open(file)) {
            assertThat(SingleFileTensors.metadata(model)).isEqualTo(Map.of("format", "pt"));
        }
    }

    private void write(Checkpoint model, String name, boolean replace) {
        new Conversion(model, Optional.empty()).write(folder.resolve(name), replace, bytes -> {});
    }
}
