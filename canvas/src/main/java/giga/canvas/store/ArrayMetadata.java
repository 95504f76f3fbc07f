package giga.canvas.store;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code zarr.json} of an RGB picture: a Zarr v3 array [height, width, 3] of uint8 in chunks [side, side, 3], codecs
 * bytes and crc32c, fill value 0; or the same as [3, height, width] by the codec transpose. Reading accepts exactly that, in every spelling the specification allows.
 *
 * @see <a href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html">Zarr core specification, version 3</a>
 */
final class ArrayMetadata {
    static final String NAME = "zarr.json";
    static final int MAX_SIDE = 1 << 20;
    static final int MAX_CHUNK_SIDE = 4096;
    private static final int MAX_BYTES = 1 << 20;
    private static final Set<String> KNOWN = Set.of(
            "zarr_format",
            "node_type",
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            "attributes",
            "dimension_names",
            "storage_transformers");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ArrayMetadata() {}

    /** A picture's array: how it is cut, and the order of its axes. */
    record Description(ChunkGrid grid, Axes axes) {}

    static void write(Path directory, ChunkGrid grid, Axes axes) throws IOException {
        String json = """
                {
                  "zarr_format": 3,
                  "node_type": "array",
                  "shape": %s,
                  "data_type": "uint8",
                  "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": %s}},
                  "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
                  "fill_value": 0,
                  "codecs": [%s],
                  "dimension_names": ["%s"],
                  "attributes": {}
                }
                """.formatted(
                        axes.shape(grid.height(), grid.width()),
                        axes.shape(grid.side(), grid.side()),
                        axes.codecs,
                        String.join("\", \"", axes.names));
        AtomicFiles.write(directory.resolve(NAME), ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** @throws PictureException when the folder holds no picture of this kind */
    static Description read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES)
                throw refused(file, "is not a small text file");
            return parse(Files.readAllBytes(file), file);
        } catch (NoSuchFileException e) {
            throw new PictureException(
                    directory + " holds no picture: it has no " + NAME + "; give the folder that contains it.", e);
        } catch (IOException e) {
            throw Failures.unreadable(file, e);
        }
    }

    /** The contents of {@code file}. */
    static Description parse(byte[] json, Path file) {
        try {
            return description(JSON.readTree(json), file);
        } catch (JacksonException e) {
            throw new PictureException(
                    file + " is not JSON (" + brief(e.getOriginalMessage()) + "); restore it from a copy.", e);
        }
    }

    private static Description description(JsonNode json, Path file) {
        if (!json.isObject()) throw refused(file, "is not a JSON object");
        json.forEachEntry((key, value) -> {
            if (!KNOWN.contains(key) && !isFalse(value.path("must_understand")))
                throw refused(file, "has the unknown entry \"" + brief(key) + "\"");
        });
        require(isInteger(json.path("zarr_format"), 3), file, "zarr_format", "3", json);
        require(isText(json.path("node_type"), "array"), file, "node_type", "\"array\"", json);
        require(isText(json.path("data_type"), "uint8"), file, "data_type", "\"uint8\"", json);
        require(isInteger(json.path("fill_value"), 0), file, "fill_value", "0", json);
        Axes axes = isNamed(json.path("codecs").path(0), "transpose") ? Axes.CYX : Axes.YXC;
        require(
                codecs(json.path("codecs"), axes),
                file,
                "codecs",
                "bytes, then crc32c, before them a transposition to [1, 2, 0] or nothing",
                json);
        require(slashes(json.path("chunk_key_encoding")), file, "chunk_key_encoding", "default with \"/\"", json);
        require(
                names(json.path("dimension_names"), axes),
                file,
                "dimension_names",
                String.join(", ", axes.names),
                json);
        require(isEmpty(json.path("storage_transformers")), file, "storage_transformers", "empty", json);
        require(
                json.path("attributes").isMissingNode()
                        || json.path("attributes").isObject(),
                file,
                "attributes",
                "an object",
                json);
        int[] shape = sides(json.path("shape"), axes, MAX_SIDE);
        require(
                shape.length == 2,
                file,
                "shape",
                axes.shape("height", "width") + " with sides of 1 to " + MAX_SIDE,
                json);
        JsonNode chunkGrid = json.path("chunk_grid");
        int[] chunk = sides(chunkGrid.path("configuration").path("chunk_shape"), axes, MAX_CHUNK_SIDE);
        require(
                isNamed(chunkGrid, "regular") && chunk.length == 2 && chunk[0] == chunk[1],
                file,
                "chunk_grid",
                "regular, " + axes.shape("side", "side") + " with a side of 1 to " + MAX_CHUNK_SIDE,
                json);
        return new Description(new ChunkGrid(shape[1], shape[0], chunk[0]), axes);
    }

    private static void require(boolean fits, Path file, String key, String expected, JsonNode json) {
        if (fits) return;
        JsonNode found = json.path(key);
        throw refused(
                file,
                "has " + (found.isMissingNode() ? "no " + key : key + " " + brief(found.toString())) + ", needed is "
                        + expected);
    }

    private static PictureException refused(Path file, String what) {
        return new PictureException(
                file + " " + what
                        + "; giga opens Zarr v3 arrays of RGB bytes as it writes them, so convert the picture (to PNG or TIFF) first.");
    }

    /** Height and width of a shape, both in 1 to max; empty when it is not one of three channels. */
    private static int[] sides(JsonNode shape, Axes axes, int max) {
        if (!shape.isArray() || shape.size() != 3) return new int[0];
        int[] sides = new int[2];
        int found = 0;
        for (int i = 0; i < 3; i++) {
            JsonNode value = shape.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToInt()) return new int[0];
            boolean channels = axes.names.get(i).equals("c");
            if (channels ? value.intValue() != 3 : value.intValue() < 1 || value.intValue() > max) return new int[0];
            if (!channels) sides[found++] = value.intValue();
        }
        return sides;
    }

    private static boolean codecs(JsonNode codecs, Axes axes) {
        int transposed = axes == Axes.CYX ? 1 : 0;
        if (!codecs.isArray() || codecs.size() != transposed + 2) return false;
        if (transposed > 0 && !isOrder(codecs.get(0).path("configuration").path("order"))) return false;
        JsonNode bytes = codecs.get(transposed);
        JsonNode endian = bytes.path("configuration").path("endian");
        return isNamed(bytes, "bytes")
                && isNamed(codecs.get(transposed + 1), "crc32c")
                // One-byte samples have no byte order; writers may state one all the same.
                && (endian.isMissingNode() || endian.isNull() || endian.isString());
    }

    private static boolean isOrder(JsonNode order) {
        return order.size() == 3
                && isInteger(order.path(0), 1)
                && isInteger(order.path(1), 2)
                && isInteger(order.path(2), 0);
    }

    private static boolean slashes(JsonNode encoding) {
        JsonNode separator = encoding.path("configuration").path("separator");
        return isNamed(encoding, "default") && (separator.isMissingNode() || isText(separator, "/"));
    }

    private static boolean names(JsonNode names, Axes axes) {
        if (names.isMissingNode() || names.isNull()) return true;
        List<String> found = new ArrayList<>();
        names.forEach(name -> found.add(name.isString() ? name.stringValue() : ""));
        return names.isArray() && found.equals(axes.names);
    }

    private static boolean isNamed(JsonNode node, String name) {
        JsonNode configuration = node.path("configuration");
        return isText(node, name)
                || isText(node.path("name"), name) && (configuration.isMissingNode() || configuration.isObject());
    }

    private static boolean isText(JsonNode node, String text) {
        return node.isString() && node.stringValue().equals(text);
    }

    private static boolean isInteger(JsonNode node, int value) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == value;
    }

    private static boolean isFalse(JsonNode node) {
        return node.isBoolean() && !node.booleanValue();
    }

    private static boolean isEmpty(JsonNode node) {
        return node.isMissingNode() || node.isArray() && node.isEmpty();
    }

    /** Foreign text, short and without control characters, fit for a message. */
    private static String brief(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return shown.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
