package giga.diffusion.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values computed with the webui's, transformers' and open_clip's own code. */
final class Goldens {
    private static final JsonMapper JSON = new JsonMapper();

    private Goldens() {}

    static List<JsonNode> cases(String name) {
        List<JsonNode> cases = json(name).get("cases").valueStream().toList();
        if (cases.isEmpty()) throw new IllegalStateException(name + " is empty");
        return cases;
    }

    static JsonNode json(String name) {
        return JSON.readTree(bytes(name));
    }

    static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size())
                .map(i -> array.get(i).intValue())
                .toArray();
    }

    static float[] tensor(String file, String name) {
        ByteBuffer data = ByteBuffer.wrap(bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) data.getLong();
        JsonNode header = JSON.readTree(new String(data.array(), 8, length, StandardCharsets.UTF_8));
        JsonNode offsets = header.get(name).get("data_offsets");
        float[] values = new float[(offsets.get(1).intValue() - offsets.get(0).intValue()) / 4];
        data.position(8 + length + offsets.get(0).intValue());
        data.asFloatBuffer().get(values);
        return values;
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Goldens.class.getResourceAsStream("/prompts/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
