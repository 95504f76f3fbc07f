package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.tensor.Precision;
import giga.diffusion.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeMemoryTest {
    @TempDir
    private Path root;

    @Test
    void whatTheMachineHas() throws IOException {
        assertThat(free().bytes()).isEmpty();
        put("proc/meminfo", "MemTotal:       1000 kB\nMemFree:  5 kB\nMemAvailable:    300 kB\n");
        assertThat(free().bytes()).hasValue(300 << 10);
    }

    @Test
    void theTightestGroupCountsAndItsCacheIsFree() throws IOException {
        put("proc/meminfo", "MemAvailable:    300 kB\n");
        put("proc/self/cgroup", "0::/work.slice/one\n");
        put("sys/fs/cgroup/work.slice/one/memory.max", "max\n");
        put("sys/fs/cgroup/work.slice/one/memory.current", "90000\n");
        put("sys/fs/cgroup/work.slice/memory.max", "100000\n");
        put("sys/fs/cgroup/work.slice/memory.current", "90000\n");
        put("sys/fs/cgroup/work.slice/memory.stat", "anon 60000\nfile 30000\ninactive_file 20000\nactive_file 5000\n");
        assertThat(free().bytes()).hasValue(35000);
    }

    @Test
    void theOlderGroups() throws IOException {
        put("sys/fs/cgroup/memory/memory.limit_in_bytes", "100000\n");
        put("sys/fs/cgroup/memory/memory.usage_in_bytes", "40000\n");
        put("sys/fs/cgroup/memory/memory.stat", "inactive_file 7\ntotal_inactive_file 1000\ntotal_active_file 500\n");
        assertThat(free().bytes()).hasValue(61500);
        put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        put("proc/meminfo", "MemAvailable:    300 kB\n");
        assertThat(free().bytes()).hasValue(300 << 10);
    }

    @Test
    void aModelThatDoesNotFitIsSaid() throws IOException {
        try (Checkpoint mini = Checkpoint.open(Path.of("../models/giga-mini"))) {
            put("proc/meminfo", "MemAvailable:    40000 kB\n");
            assertThatThrownBy(() -> MemoryNeed.check(mini, Precision.F32, free()))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("its weights need 0.1 GB of memory in f32 and 0.0 GB are free; "
                            + "--precision bf16 needs half of it");
            assertThatCode(() -> MemoryNeed.check(mini, Precision.BF16, free())).doesNotThrowAnyException();
        }
    }

    private FreeMemory free() {
        return new FreeMemory(root);
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
