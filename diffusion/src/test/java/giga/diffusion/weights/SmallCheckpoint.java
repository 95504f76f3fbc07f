package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A mapped file of a few tensors, for what sits on checkpoints; not a whole model. */
public final class SmallCheckpoint {
    private SmallCheckpoint() {}

    /** One tensor's place in the file: its format, its shape and its little-endian bytes. */
    public record Content(DType dtype, List<Long> shape, byte[] bytes) {}

    /**
     * Writes and maps the tensors in their order.
     *
     * @param odd whether the data begins at an odd address
     */
    public static Checkpoint of(Path file, boolean odd, Map<String, Content> tensors) {
        Map<String, Object> header = new LinkedHashMap<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, content) -> {
            int from = data.size();
            data.writeBytes(content.bytes());
            header.put(
                    name,
                    Map.of(
                            "dtype", content.dtype().name(),
                            "shape", content.shape(),
                            "data_offsets", List.of(from, data.size())));
        });
        byte[] json = padded(new JsonMapper().writeValueAsString(header), odd ? 1 : 0);
        try {
            Files.write(
                    file,
                    ByteBuffer.allocate(8 + json.length + data.size())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(json.length)
                            .put(json)
                            .put(data.toByteArray())
                            .array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OpenFiles files = new OpenFiles();
        TensorFile weights = files.open(file);
        Architecture unread = new Architecture(
                Family.SD1,
                Prediction.EPS,
                false,
                new Heads.Count(8),
                Autoencoder.TINY,
                4,
                1,
                List.of(new TextEncoder(TextEncoder.Layout.CLIP, Parts.TEXT, 12, Activation.QUICK_GELU)),
                0.00085,
                0.012);
        return new Checkpoint(file, unread, PredictionSource.FAMILY, weights.tensors(), Optional.empty(), files);
    }

    private static byte[] padded(String json, int remainder) {
        int padding = Math.floorMod(remainder - json.getBytes(StandardCharsets.UTF_8).length, 8);
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }
}
