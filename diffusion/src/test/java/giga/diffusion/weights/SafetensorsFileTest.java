package giga.diffusion.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import giga.diffusion.ModelException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files at the edge of the format, read or refused as the reference reader does. */
class SafetensorsFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/giga/diffusion/weights/safetensors");

    @TempDir
    Path folder;

    static Stream<String> valid() {
        return json("valid/values.json").propertyNames().stream();
    }

    static Stream<String> invalid() {
        return json("invalid/reasons.json").propertyNames().stream();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsEveryValidFile(String name) {
        JsonNode expected = json("valid/values.json").get(name);
        try (TensorFile file = TensorFile.open(GOLDEN.resolve("valid/" + name + ".safetensors"))) {
            JsonNode tensors = expected.get("tensors");
            assertThat(file.tensors().keySet()).hasSameElementsAs(tensors.propertyNames());
            assertThat(new JsonMapper().<JsonNode>valueToTree(file.metadata()))
                    .isEqualTo(expected.has("metadata") ? expected.get("metadata") : json("{}".getBytes(ISO_8859_1)));
            for (String tensor : tensors.propertyNames()) {
                TensorEntry entry = file.tensors().get(tensor);
                JsonNode wanted = tensors.get(tensor);
                assertThat(entry.dtype().name()).isEqualTo(wanted.get("dtype").stringValue());
                assertThat(entry.shape()).isEqualTo(longs(wanted.get("shape")));
                assertThat(values(entry)).isEqualTo(values(entry.dtype(), wanted.get("values")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesEveryInvalidFile(String name) {
        Path path = GOLDEN.resolve("invalid/" + name + ".safetensors");
        assertThatThrownBy(() -> TensorFile.open(path))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageStartingWith(path + ": ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    truncated                 | it is cut off: 4 bytes are missing
                    trailing_bytes            | 4 bytes at its end belong to no tensor
                    header_length_beyond_file | it ends within its header
                    header_length_negative    | would have 18446744073709551608 bytes
                    hole                      | tensor "b" leaves a hole of 4 bytes before it
                    overlap                   | tensor "b" overlaps the tensor before it
                    duplicate_key             | tensor "a" is listed twice
                    not_utf8                  | its header is not UTF-8
                    unknown_dtype             | tensor "a" has the element type "F128"
                    shape_overflow            | has the impossible shape
                    wrong_size_for_shape      | tensor "a" of F32 [3] needs 12 bytes but has 8
                    metadata_number           | is not a string
                    missing_shape             | tensor "a" has no shape
                    """)
    void namesTheFault(String name, String fault) {
        assertThatThrownBy(() -> TensorFile.open(GOLDEN.resolve("invalid/" + name + ".safetensors")))
                .hasMessageContaining(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <!DOCTYPE html><html><title>Sign in</title> | it is a web page
                    <html><body>404                             | it is a web page
                    <!-- saved --><html><head>                  | it is a web page
                    <head><title>429 Too many requests          | it is a web page
                    ï»¿<!doctype html><html lang="en">          | it is a web page
                    version https://git-lfs.github.com/spec/v1  | it is a Git LFS pointer
                    {"error":"Access to this model is gated"}   | it is JSON text
                    GGUF.............                           | it is a GGUF file
                    nothing that anybody knows                  | it is not a safetensors file
                    """)
    void knowsWhatWasSavedByMistake(String content, String fault) throws IOException {
        refuses(content.getBytes(ISO_8859_1), fault);
    }

    @Test
    void aHeaderAsLongAsAPicklesMarkIsRead() throws IOException {
        byte[] json = ("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}" + " ".repeat(587) + "}")
                .getBytes(ISO_8859_1);
        assertThat(json).hasSize(0x0280);
        byte[] file = new byte[8 + json.length];
        file[0] = (byte) 0x80;
        file[1] = 2;
        System.arraycopy(json, 0, file, 8, json.length);
        try (TensorFile read = TensorFile.open(Files.write(folder.resolve("a.safetensors"), file))) {
            assertThat(read.tensors()).containsOnlyKeys("a");
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(GOLDEN.resolve("valid/metadata.safetensors"));
        for (int length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length), length == 0 ? "it is empty" : "");
        }
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> TensorFile.open(folder.resolve("none.safetensors")))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> TensorFile.open(folder)).hasMessageContaining("it is not a file");
    }

    @Test
    void aHostileNameStaysOnOneShortLine() throws IOException {
        String name = "a\\n\\u001b[2J" + "x".repeat(5000);
        byte[] json =
                ("{\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,2]}}").getBytes(ISO_8859_1);
        byte[] file = new byte[8 + json.length + 2];
        file[0] = (byte) json.length;
        file[1] = (byte) (json.length >> 8);
        System.arraycopy(json, 0, file, 8, json.length);
        Path path = Files.write(folder.resolve("hostile.safetensors"), file);
        assertThatThrownBy(() -> TensorFile.open(path))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n", "\u001b"));
    }

    @Test
    void readsBehindTheReachOfAnInt() throws IOException {
        long last = 3_000_000_000L;
        byte[] json = ("{\"a\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}}")
                .formatted(last, last, last, last + 1)
                .getBytes(US_ASCII);
        Path path = Files.write(folder.resolve("large.safetensors"), file(json));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) { // a hole, no 3 GB on disk
            channel.write(ByteBuffer.wrap(new byte[] {42}), 8 + json.length + last);
        }
        try (TensorFile read = TensorFile.open(path)) {
            assertThat(read.tensors().get("a").elements()).isEqualTo(last);
            assertThat(read.tensors().get("b").data().get(ValueLayout.JAVA_BYTE, 0))
                    .isEqualTo((byte) 42);
        }
    }

    @Test
    void refusesMetadataThatSaysTwoThings() throws IOException {
        String twice = "{\"__metadata__\":{\"type\":\"v\",\"type\":\"epsilon\"}}";
        refuses(file(twice.getBytes(US_ASCII)), "its header has the metadata \"type\" twice");
    }

    @Test
    void refusesHeadersInUtf16() throws IOException {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}";
        refuses(file(header.getBytes(UTF_16LE)), "its header is not the JSON of a safetensors file");
    }

    @Test
    void aHeaderOfOneEndlessTextIsRefused() throws IOException {
        String endless = "{\"__metadata__\":{\"a\":\"%s\"}}".formatted("x".repeat(17_000_000));
        refuses(file(endless.getBytes(US_ASCII)), "exceeds the maximum allowed");
    }

    /** A table of names that is copied for each long one costs minutes at the largest header. */
    @Test
    void longNamesCostNoMoreThanTheirLength() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 2_000; i++) {
            header.append("\"%d%s\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
                    .formatted(i, "x".repeat(4_000)));
        }
        byte[] json = header.append("\"__metadata__\":{}}").toString().getBytes(US_ASCII);
        Path path = Files.write(folder.resolve("names.safetensors"), file(json));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        TensorFile.open(path).close();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10L * json.length);
    }

    /** A file of this header and no data. */
    private static byte[] file(byte[] json) {
        return ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    private void refuses(byte[] content, String fault) throws IOException {
        Path path = Files.write(folder.resolve("model.safetensors"), content);
        assertThatThrownBy(() -> TensorFile.open(path))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining(fault);
    }

    private static JsonNode json(String name) {
        try {
            return json(Files.readAllBytes(GOLDEN.resolve(name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(byte[] text) {
        return new JsonMapper().readTree(text);
    }

    private static List<Long> longs(JsonNode array) {
        return array.values().stream().map(JsonNode::longValue).toList();
    }

    /** Integers as BigInteger, everything else as Double, so that -0.0 and NaN compare as they should. */
    private static List<Object> values(TensorEntry entry) {
        return LongStream.range(0, entry.elements())
                .<Object>mapToObj(i -> value(entry, i))
                .toList();
    }

    private static Object value(TensorEntry entry, long i) {
        MemorySegment data = entry.data();
        ValueLayout.OfShort shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        ValueLayout.OfInt ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        ValueLayout.OfLong longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        return switch (entry.dtype()) {
            case BOOL, I8 -> BigInteger.valueOf(data.get(ValueLayout.JAVA_BYTE, i));
            case U8, F8_E4M3, F8_E5M2 -> BigInteger.valueOf(data.get(ValueLayout.JAVA_BYTE, i) & 0xFF);
            case I16 -> BigInteger.valueOf(data.get(shorts, 2 * i));
            case U16 -> BigInteger.valueOf(data.get(shorts, 2 * i) & 0xFFFF);
            case F16 -> (double) Float.float16ToFloat(data.get(shorts, 2 * i));
            case BF16 -> (double) Float.intBitsToFloat(data.get(shorts, 2 * i) << 16);
            case I32 -> BigInteger.valueOf(data.get(ints, 4 * i));
            case U32 -> BigInteger.valueOf(data.get(ints, 4 * i) & 0xFFFFFFFFL);
            case F32 -> (double) Float.intBitsToFloat(data.get(ints, 4 * i));
            case I64 -> BigInteger.valueOf(data.get(longs, 8 * i));
            case U64 -> new BigInteger(Long.toUnsignedString(data.get(longs, 8 * i)));
            case F64, C64 -> Double.longBitsToDouble(data.get(longs, 8 * i));
        };
    }

    private static List<Object> values(DType type, JsonNode values) {
        if (type == DType.F8_E4M3 || type == DType.F8_E5M2) { // these files hold every code in order
            return LongStream.range(0, 256)
                    .<Object>mapToObj(BigInteger::valueOf)
                    .toList();
        }
        boolean whole = !Set.of(DType.F16, DType.BF16, DType.F32, DType.F64).contains(type);
        return values.values().stream()
                .<Object>map(value -> value.isBoolean()
                        ? BigInteger.valueOf(value.booleanValue() ? 1 : 0)
                        : whole ? value.bigIntegerValue() : (Object) Double.valueOf(value.asString()))
                .toList();
    }
}
