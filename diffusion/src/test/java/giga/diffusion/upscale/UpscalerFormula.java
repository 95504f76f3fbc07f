package giga.diffusion.upscale;

import giga.diffusion.GoldenFile;
import giga.diffusion.weights.Formula;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small upscalers whose every weight follows from its name. */
public final class UpscalerFormula {
    private UpscalerFormula() {}

    /** A tensor in f32. */
    record Values(List<Long> shape, float[] values) {}

    /** Writes a compact upscaler of small reach as safetensors. */
    public static Path compact(Path file, int features, int convolutions, int scale) {
        return write(file, compact(features, convolutions, scale));
    }

    static Map<String, Values> compact(int features, int convolutions, int scale) {
        Map<String, Values> tensors = new LinkedHashMap<>();
        for (int i = 0; i < convolutions; i++) {
            int in = i == 0 ? 3 : features;
            int out = i == convolutions - 1 ? 3 * scale * scale : features;
            String name = "body." + 2 * i;
            put(tensors, name + ".weight", Math.sqrt(12.0 / (in * 9)), out, in, 3, 3);
            put(tensors, name + ".bias", 0.1, out);
            if (i < convolutions - 1) put(tensors, "body." + (2 * i + 1) + ".weight", 0.4, features);
        }
        return tensors;
    }

    private static void put(Map<String, Values> tensors, String name, double scale, long... shape) {
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        tensors.put(name, new Values(Arrays.stream(shape).boxed().toList(), Formula.input(name, count, scale)));
    }

    /**
     * The goldens' RRDB network by the names of BasicSR; their README has the formula.
     *
     * @param keys of the x4 network with their shapes
     * @param channels that the first convolution sees
     */
    static Map<String, Values> rrdb(Map<String, List<Long>> keys, long channels) {
        Map<String, Values> tensors = new LinkedHashMap<>();
        keys.forEach((name, shape) -> {
            List<Long> own = name.equals("conv_first.weight") ? List.of(shape.get(0), channels, 3L, 3L) : shape;
            tensors.put(name, new Values(own, normals(name, own)));
        });
        return tensors;
    }

    private static float[] normals(String name, List<Long> shape) {
        long fanIn = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
        double scale = shape.size() == 4 ? 1 / Math.sqrt(fanIn) : 0.05;
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        long seed = 1 ^ hash;
        float[] values = new float[(int) (fanIn * shape.getFirst())];
        for (int i = 0; i < values.length; i++)
            values[i] = (float) (scale
                    * Math.sqrt(-2 * Math.log(uniform(seed, i, 0)))
                    * Math.cos(2 * Math.PI * uniform(seed, i, 1)));
        return values;
    }

    private static double uniform(long seed, int i, int lane) {
        long z = mix(mix(seed ^ 0x9E3779B97F4A7C15L) + (2L * i + lane + 1) * 0xD1B54A32D192ED03L);
        return ((z >>> 11) + 0.5) * 0x1p-53;
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    static Path write(Path file, Map<String, Values> tensors) {
        StringBuilder header = new StringBuilder("{");
        long at = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            long end = at + 4L * tensor.getValue().values().length;
            header.append(header.length() > 1 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), tensor.getValue().shape(), at, end));
            at = end;
        }
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate((int) (8 + json.length + at)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (Values values : tensors.values()) for (float value : values.values()) bytes.putFloat(value);
        return put(file, bytes.array());
    }

    /** The same compact network as ncnn has it; returns the .param. */
    static Path ncnn(Path folder, Map<String, Values> compact, int scale, boolean halves, boolean half) {
        List<String> layers = new ArrayList<>(List.of("Input in 0 1 data", "Split split 1 2 data a b"));
        ByteBuffer bin = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        compact.forEach((name, tensor) -> {
            List<Long> shape = tensor.shape();
            if (shape.size() == 4) {
                layers.add("Convolution %s 1 1 a a 0=%d 1=3 4=1 5=1 6=%d"
                        .formatted(name, shape.get(0), tensor.values().length));
                bin.putInt(half ? 0x01306B47 : 0);
                for (float value : tensor.values())
                    if (half) bin.putShort(Float.floatToFloat16(value));
                    else bin.putFloat(value);
                bin.position(Math.ceilDiv(bin.position(), 4) * 4);
                return;
            }
            if (name.endsWith(".weight")) layers.add("PReLU %s 1 1 a a 0=%d".formatted(name, shape.get(0)));
            for (float value : tensor.values()) bin.putFloat(value);
        });
        layers.add("PixelShuffle shuffle 1 1 a c 0=" + scale);
        layers.add("Interp resize 1 1 b d 0=1 1=%e 2=%e".formatted((double) scale, (double) scale));
        layers.add("BinaryOp add 2 1 c d output");
        if (halves) layers.add("Interp reduce 1 1 output half 0=3 1=5.000000e-01 2=5.000000e-01");
        String param = "7767517\n%d 9\n".formatted(layers.size()) + String.join("\n", layers) + "\n";
        put(folder.resolve("model.bin"), Arrays.copyOf(bin.array(), bin.position()));
        return put(folder.resolve("model.param"), param.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Path put(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** name, shape, name in ESRGAN's first layout, name in its second: a line each. */
    static List<String[]> keys(String resource) {
        return new String(GoldenFile.resource(resource), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .toList();
    }

    static List<Long> shape(String sides) {
        return Arrays.stream(sides.split("x")).map(Long::parseLong).collect(Collectors.toList());
    }
}
