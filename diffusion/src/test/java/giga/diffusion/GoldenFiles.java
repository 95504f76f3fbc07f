package giga.diffusion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values computed with reference implementations, in a folder of the test resources. */
public record GoldenFiles(String folder) {
    private static final JsonMapper JSON = new JsonMapper();

    public JsonNode json(String name) {
        return JSON.readTree(bytes(name));
    }

    public List<JsonNode> cases(String name) {
        List<JsonNode> cases = json(name).get("cases").valueStream().toList();
        if (cases.isEmpty()) throw new IllegalStateException(name + " is empty");
        return cases;
    }

    /** A float32 tensor of a safetensors file. */
    public float[] tensor(String file, String name) {
        ByteBuffer data = ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) data.getLong();
        JsonNode offsets = JSON.readTree(new String(data.array(), 8, length, StandardCharsets.UTF_8))
                .get(name)
                .get("data_offsets");
        float[] values = new float[(offsets.get(1).intValue() - offsets.get(0).intValue()) / 4];
        data.position(8 + length + offsets.get(0).intValue());
        data.asFloatBuffer().get(values);
        return values;
    }

    public static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) values[i] = array.get(i).floatValue();
        return values;
    }

    private byte[] bytes(String name) {
        try (InputStream in = GoldenFiles.class.getResourceAsStream("/" + folder + "/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
