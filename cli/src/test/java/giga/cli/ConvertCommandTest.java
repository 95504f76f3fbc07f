package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    private Path folder;

    @Test
    void theEmbeddedModelInAnotherPrecision() {
        Path copy = folder.resolve("copy");
        Run run = giga("models", "convert", "giga-mini", "-o", copy, "--precision", "bf16");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(copy + ": ").contains(" MB of weights");
        assertThat(giga("models", "info", copy).out()).contains("BF16").contains("supported");
        assertThat(giga("models", "convert", "giga-mini", "-o", copy).err()).contains("--force replaces it");
        assertThat(giga("models", "convert", "giga-mini", "-o", copy, "--force").code())
                .isZero();
    }

    @Test
    void whatCannotBeIsSaid() {
        Path out = folder.resolve("mini.safetensors");
        Run file = giga("models", "convert", "giga-mini", "-o", out);
        assertThat(file.code()).isEqualTo(1);
        assertThat(file.err()).contains("which a single file cannot tell");
        assertThat(out).doesNotExist();
        assertThat(giga("models", "convert", "giga-mini", "-o", out, "--precision", "fp8")
                        .err())
                .contains("choose one of fp16, bf16, fp32");
        assertThat(giga("models", "convert", "giga-mini").code()).isEqualTo(2);
    }
}
