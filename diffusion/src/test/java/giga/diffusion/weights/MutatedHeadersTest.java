package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import giga.diffusion.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to a file's bytes, it is read whole or refused with a sentence, and cheaply. */
class MutatedHeadersTest {
    private static final String HEADER = """
            {"__metadata__":{"format":"pt","modelspec.prediction_type":"v"},\
            "model.diffusion_model.out.2.weight":{"dtype":"F16","shape":[4,2,1,1],"data_offsets":[0,16]},\
            "b":{"dtype":"F32","shape":[3],"data_offsets":[16,28]},"c":{"dtype":"I64","shape":[],"data_offsets":[28,36]},\
            "empty":{"dtype":"BF16","shape":[0,7],"data_offsets":[36,36]}}""";
    /** Early on, classes are loaded as well. */
    private static final int WARM_UP = 1_000;

    private static final String[] PIECES = {
        "-1",
        "9223372036854775807",
        "18446744073709551616",
        "1e400",
        "2.0",
        "null",
        "true",
        "[]",
        "{}",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\\u0000",
        "\\ud800",
        "\"dtype\"",
        "\"F16\"",
        "\"__metadata__\":{},",
        "[[[[[[[[",
        "99999999999999",
        " "
    };

    @Test
    void tenThousandMutations() {
        Random random = new Random(20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Path path = Path.of("mutated.safetensors");
        int refused = 0;
        for (int i = 0; i < 12_000; i++) {
            byte[] mutated = mutate(random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try (Arena arena = Arena.ofConfined()) {
                SafetensorsFile file = new SafetensorsFile(path, arena, MemorySegment.ofArray(mutated));
                long data = file.tensors().values().stream()
                        .mapToLong(entry -> entry.elements() * entry.dtype().bytes())
                        .sum();
                assertThat(data).isLessThanOrEqualTo(mutated.length);
            } catch (ModelException e) {
                assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\n");
                refused++;
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).isLessThan(i < WARM_UP ? 16 << 20 : 1 << 20);
        }
        assertThat(refused).isBetween(6_000, 11_999);
    }

    private static byte[] mutate(Random random) {
        StringBuilder header = new StringBuilder(HEADER);
        int kind = random.nextInt(4);
        for (int i = random.nextInt(3); i >= 0 && kind < 2; i--) {
            int from = random.nextInt(header.length());
            int to = Math.min(header.length(), from + random.nextInt(kind == 0 ? 4 : 40));
            header.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] file = file(header.toString());
        for (int i = random.nextInt(4); i >= 0 && kind == 2; i--) {
            file[random.nextInt(file.length)] = (byte) random.nextInt();
        }
        return kind == 3 ? Arrays.copyOf(file, random.nextInt(2 * file.length)) : file;
    }

    private static byte[] file(String header) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[8 + json.length + 36];
        file[0] = (byte) json.length;
        file[1] = (byte) (json.length >> 8);
        System.arraycopy(json, 0, file, 8, json.length);
        return file;
    }
}
