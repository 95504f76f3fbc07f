package giga.canvas.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The descriptions in a Zarr folder: {@code zarr.json} of version 3, {@code .zarray} and {@code .zattrs} of version 2.
 *
 * @see <a href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html">Zarr core specification, version 3</a>
 * @see <a href="https://zarr-specs.readthedocs.io/en/latest/v2/v2.0.html">Zarr storage specification, version 2</a>
 */
final class ZarrMetadata {
    static final String V3 = "zarr.json";
    static final String V2_ARRAY = ".zarray";
    static final String V2_GROUP = ".zgroup";
    static final String V2_ATTRIBUTES = ".zattrs";

    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_AXES = 8;
    private static final String ADVICE =
            "Write the picture as a Zarr array of uint8 with zstd, gzip or no compression, or convert it to TIFF.";
    private static final JsonMapper JSON = JsonMapper.shared();

    private ZarrMetadata() {}

    /** A description, a missing node where there is none. */
    static JsonNode read(InnerFiles files, String name) throws IOException {
        byte[] json = files.read(name, MAX_BYTES).orElse(new byte[0]);
        if (json.length == 0) return JSON.missingNode();
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new UnreadableException("its " + name + " is not JSON", "Fetch or export the picture again.");
        }
    }

    static ZarrArray arrayV3(JsonNode json) throws IOException {
        requireBytes(json.path("data_type"), "uint8");
        require(json.path("chunk_grid").path("name").asString("").equals("regular"), "its chunks have several sizes");
        require(json.path("storage_transformers").isEmpty(), "its storage transformers are not read here");
        long[] shape = numbers(json.path("shape"), "shape");
        int[] order = IntStream.range(0, shape.length).toArray();
        int[] chunk = sides(json.path("chunk_grid").path("configuration").path("chunk_shape"), "chunk_shape");
        JsonNode codecs = json.path("codecs");
        Optional<ZarrShards> shards = Optional.empty();
        if (name(codecs.path(0)).equals("sharding_indexed")) {
            require(codecs.size() == 1, "its shards are coded once more");
            JsonNode sharding = codecs.path(0).path("configuration");
            int[] inner = sides(sharding.path("chunk_shape"), "chunk_shape");
            shards = Optional.of(shards(sharding, chunk, inner));
            chunk = inner;
            codecs = sharding.path("codecs");
        }
        List<ZarrCodecs.Kind> kinds = new ArrayList<>();
        for (JsonNode codec : codecs) {
            switch (name(codec)) {
                case "bytes" -> {}
                case "transpose" -> order = sides(codec.path("configuration").path("order"), "transposition");
                default -> kinds.add(ZarrCodecs.named(name(codec)));
            }
        }
        JsonNode encoding = json.path("chunk_key_encoding");
        boolean likeV2 = encoding.path("name").asString("default").equals("v2");
        List<String> names = new ArrayList<>();
        json.path("dimension_names").forEach(name -> names.add(name.asString("")));
        return array(
                shape,
                chunk,
                order,
                encoding.path("configuration").path("separator").asString(likeV2 ? "." : "/"),
                likeV2 ? "" : "c",
                shards,
                kinds,
                json.path("fill_value"),
                names);
    }

    private static String name(JsonNode codec) {
        return codec.isString() ? codec.stringValue() : codec.path("name").asString("");
    }

    private static ZarrShards shards(JsonNode sharding, int[] shard, int[] chunk) throws IOException {
        List<String> codecs = new ArrayList<>();
        sharding.path("index_codecs").forEach(codec -> codecs.add(name(codec)));
        require(
                codecs.equals(List.of("bytes", "crc32c")) || codecs.equals(List.of("bytes")),
                "the lists in its shards are coded in a way not read here");
        boolean first = sharding.path("index_location").asString("end").equals("start");
        try {
            return ZarrShards.of(shard, chunk, first, codecs.size() == 2);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(e.getMessage(), ADVICE);
        }
    }

    static ZarrArray arrayV2(JsonNode json, List<String> names) throws IOException {
        requireBytes(json.path("dtype"), "|u1");
        require(json.path("filters").isNull() || json.path("filters").isEmpty(), "its filters are not read here");
        long[] shape = numbers(json.path("shape"), "shape");
        int[] order = IntStream.range(0, shape.length).toArray();
        if (json.path("order").asString("C").equals("F"))
            order = IntStream.range(0, shape.length)
                    .map(i -> shape.length - 1 - i)
                    .toArray();
        JsonNode compressor = json.path("compressor");
        List<ZarrCodecs.Kind> kinds = compressor.isObject()
                ? List.of(ZarrCodecs.named(compressor.path("id").asString("")))
                : List.of();
        String separator = json.path("dimension_separator").asString(".");
        return array(
                shape,
                sides(json.path("chunks"), "chunks"),
                order,
                separator,
                "",
                Optional.empty(),
                kinds,
                json.path("fill_value"),
                names);
    }

    private static ZarrArray array(
            long[] shape,
            int[] chunk,
            int[] order,
            String separator,
            String prefix,
            Optional<ZarrShards> shards,
            List<ZarrCodecs.Kind> kinds,
            JsonNode fill,
            List<String> names)
            throws IOException {
        require(separator.equals("/") || separator.equals("."), "the names of its chunks are not read here");
        require(
                fill.isMissingNode() || fill.isNull() || fill.isIntegralNumber() && fill.canConvertToInt(),
                "its fill value is no whole number");
        int value = fill.asInt(0);
        require(value >= 0 && value <= 255, "its fill value is " + value);
        try {
            return new ZarrArray(
                    shape,
                    chunk,
                    order,
                    prefix.isEmpty() ? "" : prefix + separator,
                    separator,
                    shards,
                    new ZarrCodecs(kinds),
                    (byte) value,
                    names);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(e.getMessage(), ADVICE);
        }
    }

    private static void requireBytes(JsonNode type, String expected) throws UnreadableException {
        String found = type.isString() ? type.stringValue() : type.toString();
        require(found.equals(expected), "its samples are of type " + Words.brief(found) + ", not uint8");
    }

    private static int[] sides(JsonNode node, String what) throws IOException {
        long[] values = numbers(node, what);
        int[] sides = new int[values.length];
        for (int i = 0; i < sides.length; i++) {
            require(values[i] <= Integer.MAX_VALUE, "its " + what + " says " + values[i]);
            sides[i] = (int) values[i];
        }
        return sides;
    }

    private static long[] numbers(JsonNode node, String what) throws IOException {
        require(node.isArray() && node.size() <= MAX_AXES, "its " + what + " is no short list of numbers");
        long[] values = new long[node.size()];
        for (int i = 0; i < values.length; i++) {
            JsonNode value = node.get(i);
            require(
                    value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0,
                    "its " + what + " is no short list of numbers");
            values[i] = value.longValue();
        }
        return values;
    }

    private static void require(boolean fits, String otherwise) throws UnreadableException {
        if (!fits) throw new UnreadableException(otherwise, ADVICE);
    }
}
