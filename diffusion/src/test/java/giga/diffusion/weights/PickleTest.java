package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of torch.save: read to the values that torch has, refused where they are evil or damaged, never run. */
class PickleTest {
    private static final Path GOLDENS = Path.of("src/test/resources/pickle");
    /** What the evil files would make in the current folder. */
    private static final Path TRACE = Path.of("PICKLE_WAS_EXECUTED");

    @TempDir
    Path folder;

    @AfterEach
    void nothingWasRun() {
        assertThat(TRACE).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zip_plain.pt",
                "legacy_plain.pt",
                "zip_deflated_other_prefix.pt",
                "zip_nested.ckpt",
                "legacy_nested.ckpt",
                "zip_params_ema.pth",
                "zip_protocol4.pt",
                "legacy_protocol4_dict.pt",
                "zip_objects.ckpt",
                "legacy_objects.ckpt"
            })
    void holdsTheValuesThatTorchReads(String name) {
        sameTensors(name, "expected.safetensors");
    }

    @Test
    void holdsEightBitFloats() {
        sameTensors("zip_fp8.pt", "expected_fp8.safetensors");
    }

    private static void sameTensors(String name, String expected) {
        try (TensorFile file = TensorFile.open(GOLDENS.resolve(name));
                TensorFile values = TensorFile.open(GOLDENS.resolve(expected))) {
            assertThat(file.tensors().keySet())
                    .containsExactlyInAnyOrderElementsOf(values.tensors().keySet());
            for (Map.Entry<String, TensorEntry> value : values.tensors().entrySet()) {
                TensorEntry entry = file.tensors().get(value.getKey());
                assertThat(entry.name()).isEqualTo(value.getKey());
                assertThat(entry.dtype())
                        .as(value.getKey())
                        .isEqualTo(value.getValue().dtype());
                assertThat(entry.shape())
                        .as(value.getKey())
                        .isEqualTo(value.getValue().shape());
                assertThat(bytes(entry)).as(value.getKey()).isEqualTo(bytes(value.getValue()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil_system_zip.pt, os.system|posix.system|nt.system",
        "evil_system_legacy.pt, os.system|posix.system|nt.system",
        "evil_getattr_zip.pt, __import__|getattr",
        "evil_stack_global_zip.pt, posix.system",
        "evil_hidden_among_tensors.pt, posix.system",
        "evil_eval_legacy.pt, builtins.eval|__builtin__.eval"
    })
    void namesWhatAnEvilFileWantsToRun(String name, String functions) {
        assertThatThrownBy(() -> TensorFile.open(GOLDENS.resolve(name)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(GOLDENS.resolve(name) + ": it wants to run ")
                .hasMessageMatching(".*(" + functions + ").*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad_view_beyond_storage.pt",
                "bad_view_offset.pt",
                "bad_view_negative_stride.pt",
                "bad_view_overflow.pt",
                "bad_truncated_zip.pt",
                "bad_truncated_legacy.pt",
                "bad_missing_storage.pt",
                "bad_short_storage.pt"
            })
    void refusesWhatIsDamaged(String name) {
        assertThatThrownBy(() -> TensorFile.open(GOLDENS.resolve(name)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(GOLDENS.resolve(name) + ": ");
    }

    @ParameterizedTest
    @CsvSource({"embedding_a1111.pt, 2", "embedding_diffusers.bin, 1", "embedding_parameterdict.pt, 2"})
    void holdsTextualInversions(String name, int rows) {
        float[][] expected = Embedding.open(GOLDENS.resolve("embedding_a1111.safetensors"))
                .parts()
                .getFirst();
        float[][] vectors = Embedding.open(GOLDENS.resolve(name)).parts().getFirst();
        assertThat(vectors).hasDimensions(rows, 768);
        for (int i = 0; i < rows; i++) assertThat(vectors[i]).isEqualTo(expected[i]);
    }

    @Test
    void aDictThatHoldsItselfAThousandTimesEnds() throws IOException {
        StringBuilder self = new StringBuilder("}q\0(");
        for (int i = 0; i < 1000; i++)
            self.append("X\4\0\0\0").append("%04d".formatted(i)).append("h\0");
        refusesPickle(self.append("u.").toString(), "more than 1,000,000 entries");
    }

    @Test
    void aListThatHoldsItselfIsNoSize() throws IOException {
        String list = "]q\0h\0a";
        refusesPickle("ctorch._utils\n_rebuild_tensor_v2\n(" + list + "K\0))tR.", "without a storage");
        refusesPickle(
                "ctorch._utils\n_rebuild_tensor_v2\n((U\7storagectorch\nFloatStorage\nU\1" + "0U\3cpu" + list
                        + "tQK\0))tR.",
                "where a size belongs");
    }

    @Test
    void valuesWithoutEndAreRefused() throws IOException {
        refusesPickle("]" + ("(" + "}".repeat(1000) + "e").repeat(5000) + ".", "more than 4,000,000 values");
    }

    private void refusesPickle(String pickle, String fault) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(("\u0080\2" + pickle).getBytes(StandardCharsets.ISO_8859_1));
        }
        Path file = Files.write(folder.resolve("hostile.ckpt"), bytes.toByteArray());
        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void aZipBombIsRefusedBeforeItIsInflated() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) zip.write(zeros);
        }
        Path bomb = Files.write(folder.resolve("bomb.ckpt"), bytes.toByteArray());
        assertThatThrownBy(() -> TensorFile.open(bomb))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("more than the 134,217,728 that it may have");
    }

    @Test
    void anotherZipIsToldFromTorchs() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
            zip.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        Path other = Files.write(folder.resolve("other.ckpt"), bytes.toByteArray());
        assertThatThrownBy(() -> TensorFile.open(other)).hasMessageContaining("none that PyTorch saved");
    }

    @Test
    void tenThousandDamagedFilesEndInASentence() throws IOException {
        List<byte[]> goods;
        try (Stream<Path> files = Files.list(GOLDENS)) {
            goods = files.filter(file -> file.toString().matches(".*\\.(pt|pth|ckpt|bin)"))
                    .sorted()
                    .map(PickleTest::read)
                    .toList();
        }
        Random random = new Random(5);
        Path file = folder.resolve("mutated.ckpt");
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            Files.write(file, mutated(goods.get(random.nextInt(goods.size())), random));
            try (TensorFile opened = TensorFile.open(file)) {
                opened.tensors()
                        .values()
                        .forEach(entry -> assertThat(entry.data().byteSize())
                                .isEqualTo(entry.elements() * entry.dtype().bytes()));
            } catch (ModelException e) {
                assertThat(e.getMessage()).startsWith(file + ": ").hasSizeLessThan(800);
                refused++;
            }
        }
        assertThat(refused).isBetween(3_000, 9_900);
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int pickle = Math.min(bytes.length, 1500);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(random.nextBoolean() ? pickle : bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 ->
                    bytes[at] = (byte) "(.]}a}seuRbcioQNtlq\u0093\u0081\u0085\u008a\u0094".charAt(random.nextInt(23));
                default -> {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(16));
                    System.arraycopy(good, random.nextInt(good.length - length + 1), bytes, at, length);
                }
            }
        }
        return random.nextInt(8) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] bytes(TensorEntry entry) {
        return entry.data().toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
