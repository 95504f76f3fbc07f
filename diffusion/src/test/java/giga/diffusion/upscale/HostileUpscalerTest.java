package giga.diffusion.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.ModelException;
import giga.diffusion.upscale.UpscalerFormula.Values;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.TensorEntry;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to an upscaler's files, they are read whole or refused with a sentence. */
class HostileUpscalerTest {
    private static final List<String> PIECES = List.of(
            "-1",
            "0",
            "99999999999",
            "1e400",
            "NaN",
            "=",
            " ",
            "\n",
            "0=64",
            "6=1",
            "-23310=1,0.2",
            "Convolution",
            "PReLU",
            "Interp",
            "Split",
            "7767517",
            "Infinity",
            "1=3",
            "2147483647",
            "\u0000",
            "é");

    @TempDir
    Path folder;

    @Test
    void tenThousandMutationsOfNcnn() throws IOException {
        Random random = new Random(5);
        Map<String, Values> compact = UpscalerFormula.compact(4, 3, 2);
        Path param = UpscalerFormula.ncnn(folder, compact, 2, true, true);
        Path bin = param.resolveSibling("model.bin");
        byte[] text = Files.readAllBytes(param);
        byte[] weights = Files.readAllBytes(bin);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean inBin = random.nextInt(4) == 0;
            byte[] lines = inBin ? text : mutated(text, random);
            byte[] bytes = inBin ? Arrays.copyOf(weights, random.nextInt(2 * weights.length)) : weights;
            refused += isRefused(new String(lines, StandardCharsets.ISO_8859_1), bytes) ? 1 : 0;
        }
        assertThat(refused).isBetween(5_000, 9_999);
    }

    @Test
    void tenThousandMutationsOfNamesAndShapes() {
        Random random = new Random(6);
        Map<String, List<Long>> sound = new LinkedHashMap<>();
        UpscalerFormula.compact(4, 3, 2).forEach((name, values) -> sound.put(name, values.shape()));
        Map<String, List<Long>> residual = new LinkedHashMap<>();
        for (String[] key : UpscalerFormula.keys("/upscalers/rrdb_keys.txt"))
            residual.put(key[2], UpscalerFormula.shape(key[1]));
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            Map<String, TensorEntry> mutated = mutated(i % 2 == 0 ? sound : residual, random);
            try {
                assertThat(Shape.of(LayerNames.basic(mutated)).scale()).isPositive();
            } catch (ModelException e) {
                assertSentence(e);
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 9_999);
    }

    private static Map<String, TensorEntry> mutated(Map<String, List<Long>> sound, Random random) {
        Map<String, TensorEntry> mutated = new LinkedHashMap<>();
        int struck = random.nextInt(sound.size());
        int kind = random.nextInt(5);
        for (Map.Entry<String, List<Long>> tensor : sound.entrySet()) {
            boolean hit = struck-- == 0;
            if (hit && kind == 0) continue;
            String name = hit && kind == 1
                    ? new String(mutated(tensor.getKey().getBytes(StandardCharsets.ISO_8859_1), random))
                    : tensor.getKey();
            List<Long> shape = new ArrayList<>(tensor.getValue());
            if (hit && kind == 2) shape.set(random.nextInt(shape.size()), random.nextLong() >> random.nextInt(64));
            if (hit && kind == 3) shape.removeLast();
            mutated.put(name, new TensorEntry(name, DType.F32, shape, MemorySegment.NULL));
        }
        return mutated;
    }

    private static boolean isRefused(String param, byte[] bin) {
        try {
            NcnnFile file = NcnnFile.read(param.lines().toList(), MemorySegment.ofArray(bin));
            assertThat(Shape.of(file.tensors()).scale()).isPositive();
            return false;
        } catch (ModelException e) {
            assertSentence(e);
            return true;
        }
    }

    private static void assertSentence(ModelException e) {
        assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
    }

    private static byte[] mutated(byte[] text, Random random) {
        StringBuilder mutated = new StringBuilder(new String(text, StandardCharsets.ISO_8859_1));
        for (int k = 0; k <= random.nextInt(2); k++) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> mutated.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> mutated.insert(at, mutated.substring(at, end));
                default -> mutated.setCharAt(at, (char) random.nextInt(256));
            }
        }
        return mutated.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
