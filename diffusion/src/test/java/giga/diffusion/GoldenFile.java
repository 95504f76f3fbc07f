package giga.diffusion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden values in a safetensors file among the test resources, read without the code under test. */
public final class GoldenFile {
    private final ByteBuffer bytes;
    private final int start;
    private final Map<String, JsonNode> entries = new LinkedHashMap<>();

    private GoldenFile(byte[] file) {
        bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(bytes.getLong(0));
        start = 8 + header;
        JsonNode root = new JsonMapper().readTree(new String(file, 8, header, StandardCharsets.UTF_8));
        root.properties().forEach(entry -> {
            if (!entry.getKey().equals("__metadata__")) entries.put(entry.getKey(), entry.getValue());
        });
    }

    /** @param resource for example {@code /networks/tiny_sd1/unet.safetensors} */
    public static GoldenFile open(String resource) {
        return new GoldenFile(resource(resource));
    }

    public static JsonNode json(String resource) {
        return new JsonMapper().readTree(resource(resource));
    }

    public static byte[] resource(String name) {
        try (InputStream in = GoldenFile.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<String> names() {
        return entries.keySet();
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    public int[] shape(String name) {
        JsonNode shape = entries.get(name).get("shape");
        int[] sides = new int[shape.size()];
        for (int i = 0; i < sides.length; i++) sides[i] = shape.get(i).asInt();
        return sides;
    }

    /** Values of a float32 tensor. */
    public float[] floats(String name) {
        ByteBuffer data = data(name);
        float[] values = new float[data.remaining() / 4];
        data.asFloatBuffer().get(values);
        return values;
    }

    /** Values of an int64 tensor. */
    public long[] longs(String name) {
        ByteBuffer data = data(name);
        long[] values = new long[data.remaining() / 8];
        data.asLongBuffer().get(values);
        return values;
    }

    /** A float32 tensor of rank 4. */
    public Planes planes(String name) {
        int[] shape = shape(name);
        return new Planes(shape[0], shape[1], shape[2], shape[3], floats(name));
    }

    private ByteBuffer data(String name) {
        JsonNode offsets = entries.get(name).get("data_offsets");
        int from = start + offsets.get(0).asInt();
        return bytes.slice(from, start + offsets.get(1).asInt() - from).order(ByteOrder.LITTLE_ENDIAN);
    }
}
