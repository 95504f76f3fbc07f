package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import giga.diffusion.StableDiffusion;
import giga.diffusion.tensor.Precision;
import giga.diffusion.weights.FormulaCheckpoint.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularySizeTest {
    @Test
    void aTableShorterThanTheVocabularyIsRefused(@TempDir Path folder) {
        List<Key> keys = FormulaCheckpoint.TINY_SD1.keys().stream()
                .map(key -> key.key().equals(Parts.TOKENS) ? new Key(key.key(), List.of(4114L, 128L), key.name()) : key)
                .toList();
        Path file = FormulaCheckpoint.write(folder.resolve("short.safetensors"), keys, Map.of());
        assertThatThrownBy(() -> StableDiffusion.load(file, Precision.F32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its text encoder knows 4114 words and its tokenizer 49408");
    }
}
