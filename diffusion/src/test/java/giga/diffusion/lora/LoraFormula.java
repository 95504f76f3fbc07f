package giga.diffusion.lora;

import giga.diffusion.GoldenFile;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.Formula;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** LoRA files by formula, as float16 safetensors. */
public final class LoraFormula {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Map<String, Object>> header = new LinkedHashMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** The file of a key list: name, shape, and the name whose numbers it has, or {@code =2.0} for a constant. */
    static LoraFormula ofKeys(String resource) {
        LoraFormula file = new LoraFormula();
        new String(GoldenFile.resource(resource), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .forEach(column -> {
                    if (column[2].startsWith("=")) file.scalar(column[0], Float.parseFloat(column[2].substring(1)));
                    else file.random(column[0], column[2], shape(column[1]));
                });
        return file;
    }

    private static long[] shape(String text) {
        return Arrays.stream(text.split("x")).mapToLong(Long::parseLong).toArray();
    }

    LoraFormula scalar(String key, float value) {
        return add(key, new float[] {value});
    }

    /** Numbers of the size that the formula gives to networks' weights. */
    LoraFormula random(String key, long... shape) {
        return random(key, key, shape);
    }

    private LoraFormula random(String key, String name, long... shape) {
        double fanIn = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        double gain = name.endsWith("lora_up.weight") || name.endsWith("lora_B.weight") ? 2 : 1;
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return add(key, Formula.input(name, count, Math.sqrt(12.0 / fanIn) * gain), shape);
    }

    LoraFormula add(String key, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) bytes.putShort(Float.floatToFloat16(value));
        return add(key, DType.F16, bytes.array(), shape);
    }

    /** @param bytes little-endian */
    LoraFormula add(String key, DType dtype, byte[] bytes, long... shape) {
        long begin = data.size();
        data.writeBytes(bytes);
        header.put(key, Map.of("dtype", dtype, "shape", shape, "data_offsets", List.of(begin, (long) data.size())));
        return this;
    }

    Path write(Path file, Map<String, String> metadata) {
        Map<String, Object> all = new LinkedHashMap<>(header);
        if (!metadata.isEmpty()) all.put("__metadata__", metadata);
        byte[] json = JSON.writeValueAsBytes(all);
        ByteBuffer length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
        // Over what is there: ten thousand times to empty a file takes as long as all else.
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : List.of(length, ByteBuffer.wrap(json), ByteBuffer.wrap(data.toByteArray())))
                while (part.hasRemaining()) out.write(part);
            out.truncate(out.position());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path write(Path file) {
        return write(file, Map.of());
    }
}
