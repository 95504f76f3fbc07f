package giga.diffusion.upscale;

import giga.diffusion.ModelException;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two files of an ncnn model: {@code .param}, a line for each layer (type, name, counts of inputs and outputs, their
 * names, {@code key=value}), and {@code .bin}, the layers' weights back to back in their order. Of its graph only what is
 * an upscaler's is understood.
 *
 * @param tensors by the names of BasicSR, which follow from the order of the layers
 * @param halves whether the result is reduced to half its size by cubic convolution, as "x2" files made of x4 networks do
 */
record NcnnFile(Map<String, TensorEntry> tensors, boolean halves) {
    private static final String MAGIC = "7767517";
    private static final int HALF_PRECISION = 0x01306B47;
    private static final int LONGEST_PARAM = 1 << 20;
    private static final int MOST_LAYERS = 4096;
    private static final int MOST_WEIGHTS = 1 << 26;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static boolean isNcnn(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".param") || name.endsWith(".bin") && Files.exists(beside(path, ".param"));
    }

    /**
     * @param path of either file; the other lies beside it
     * @throws ModelException without the path where they are damaged or no upscaler
     */
    static NcnnFile open(Path path, Arena arena) {
        return read(lines(beside(path, ".param")), map(beside(path, ".bin"), arena));
    }

    static NcnnFile read(List<String> lines, MemorySegment bin) {
        Reading reading = new Reading(bin);
        if (lines.size() > MOST_LAYERS)
            throw new ModelException("its .param has %d layers, more than an upscaler can have; get both files anew"
                    .formatted(lines.size()));
        if (lines.size() < 3 || !lines.getFirst().strip().equals(MAGIC))
            throw new ModelException("its .param does not begin as ncnn's do (" + MAGIC + "); get both files anew");
        for (String line : lines.subList(2, lines.size())) if (!line.isBlank()) reading.layer(new Layer(line));
        return reading.end();
    }

    static List<Path> both(Path path) {
        return List.of(beside(path, ".param"), beside(path, ".bin"));
    }

    private static Path beside(Path path, String suffix) {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.lastIndexOf('.')) + suffix);
    }

    private static List<String> lines(Path param) {
        try {
            if (!Files.isRegularFile(param))
                throw new ModelException(
                        "the file %s that belongs to it is missing; put it beside".formatted(param.getFileName()));
            if (Files.size(param) > LONGEST_PARAM)
                throw new ModelException("its .param is longer than an upscaler's can be; get both files anew");
            return new String(Files.readAllBytes(param), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new ModelException("its .param cannot be read (%s)".formatted(e.getMessage()), e);
        }
    }

    private static MemorySegment map(Path bin, Arena arena) {
        if (!Files.isRegularFile(bin))
            throw new ModelException(
                    "the file %s that belongs to it is missing; put it beside".formatted(bin.getFileName()));
        try (FileChannel channel = FileChannel.open(bin, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException | SecurityException e) {
            throw new ModelException("its .bin cannot be read (%s)".formatted(e.getMessage()), e);
        }
    }

    /** A line of the .param. */
    private record Layer(String type, Map<Integer, String> values) {
        Layer(String line) {
            String[] words = line.strip().split("\\s+");
            this(words[0], new LinkedHashMap<>());
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals > 0 && word.substring(0, equals).matches("-?\\d{1,8}"))
                    values.put(Integer.parseInt(word.substring(0, equals)), word.substring(equals + 1));
            }
        }

        int number(int key, int otherwise) {
            double number = real(key, otherwise);
            if (number != Math.rint(number) || Math.abs(number) > MOST_WEIGHTS) throw odd(key);
            return (int) number;
        }

        double real(int key, double otherwise) {
            String text = values.get(key);
            if (text == null) return otherwise;
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw odd(key);
            }
        }

        private ModelException odd(int key) {
            return new ModelException("its .param has a layer %s with %d=%s, which no upscaler has; get both files anew"
                    .formatted(Names.show(type), key, Names.show(values.getOrDefault(key, ""))));
        }

        void require(int key, double value, double otherwise) {
            if (real(key, otherwise) != value) throw odd(key);
        }
    }

    /** Goes through the layers and cuts their weights from the .bin. */
    private static final class Reading {
        private final MemorySegment bin;
        private final Map<String, TensorEntry> inOrder = new LinkedHashMap<>();
        private long at;
        private int convolutions;
        private int slopes;
        private boolean halves;

        Reading(MemorySegment bin) {
            this.bin = bin;
        }

        void layer(Layer layer) {
            if (halves) throw new ModelException("its .param goes on behind its reduction; get both files anew");
            switch (layer.type()) {
                case "Convolution" -> convolution(layer);
                case "PReLU" -> {
                    if (convolutions != slopes + 1)
                        throw new ModelException(
                                "its .param has a PReLU that follows no convolution; get both files anew");
                    slopes++;
                    int channels = layer.number(0, 0);
                    put("body." + (2 * slopes - 1) + ".weight", DType.F32, List.of((long) channels), channels);
                }
                case "Interp" -> {
                    boolean cubic = layer.number(0, 0) == 3;
                    if (cubic) {
                        layer.require(1, 0.5, 1);
                        layer.require(2, 0.5, 1);
                    } else layer.require(0, 1, 0);
                    halves = cubic;
                }
                case "Input", "Split", "PixelShuffle", "BinaryOp", "Concat", "Eltwise", "ReLU", "Reorg" -> {}
                default ->
                    throw new ModelException(
                            "its .param has a layer %s, which no upscaler of a known kind has; give an ESRGAN, Real-ESRGAN or compact (SRVGG) model"
                                    .formatted(Names.show(layer.type())));
            }
        }

        private void convolution(Layer layer) {
            long out = layer.number(0, 0);
            long side = layer.number(1, 0);
            long weights = layer.number(6, 0);
            layer.require(2, 1, 1);
            layer.require(3, 1, 1);
            layer.require(4, 1, 0);
            layer.require(5, 1, 0);
            if (out < 1 || side != 3 || weights < 1 || weights % (out * side * side) != 0)
                throw new ModelException(
                        "its .param has a convolution of %d weights for %d channels, 3x3; get both files anew"
                                .formatted(weights, out));
            String name = "body." + 2 * convolutions++;
            int format = take(4).get(INT, 0);
            if (format != 0 && format != HALF_PRECISION)
                throw new ModelException(
                        "its .bin has weights in a format other than f32 and f16 where a convolution begins; get both files anew, not quantised");
            List<Long> shape = List.of(out, weights / (out * side * side), side, side);
            put(name + ".weight", format == 0 ? DType.F32 : DType.F16, shape, weights);
            put(name + ".bias", DType.F32, List.of(out), out);
        }

        private void put(String name, DType dtype, List<Long> shape, long elements) {
            if (elements < 1) throw new ModelException("its .param has a layer of no weights; get both files anew");
            MemorySegment data = take(elements * dtype.bytes());
            at = Math.ceilDiv(at, 4) * 4;
            inOrder.put(name, new TensorEntry(name, dtype, shape, data));
        }

        private MemorySegment take(long bytes) {
            if (bytes > bin.byteSize() - at)
                throw new ModelException(
                        "its .bin ends within the weights: %,d bytes or more are missing; get both files anew"
                                .formatted(bytes - Math.max(0, bin.byteSize() - at)));
            MemorySegment taken = bin.asSlice(at, bytes);
            at += bytes;
            return taken;
        }

        NcnnFile end() {
            if (at != bin.byteSize())
                throw new ModelException(
                        "its .bin has %,d bytes more than its .param says; the two do not belong together"
                                .formatted(bin.byteSize() - at));
            return new NcnnFile(slopes > 0 ? inOrder : rrdb(), halves);
        }

        /** Without PReLUs it can only be of residual blocks, whose convolutions stand in the order they are run in. */
        private Map<String, TensorEntry> rrdb() {
            Map<String, TensorEntry> named = new LinkedHashMap<>();
            int enlarging = 4;
            int blocks = (convolutions - 2 - enlarging) / 15;
            if (blocks < 1 || 15 * blocks + 2 + enlarging != convolutions)
                throw new ModelException(
                        "its .param has %d convolutions, as no upscaler of a known kind has; give an ESRGAN, Real-ESRGAN or compact (SRVGG) model"
                                .formatted(convolutions));
            for (int i = 0; i < convolutions; i++)
                for (String part : List.of(".weight", ".bias"))
                    named.put(rrdb(i, blocks) + part, inOrder.get("body." + 2 * i + part));
            return named;
        }

        private static String rrdb(int i, int blocks) {
            if (i == 0) return "conv_first";
            int inBlocks = i - 1;
            if (inBlocks < 15 * blocks)
                return "body.%d.rdb%d.conv%d".formatted(inBlocks / 15, inBlocks % 15 / 5 + 1, inBlocks % 5 + 1);
            return List.of("conv_body", "conv_up1", "conv_up2", "conv_hr", "conv_last")
                    .get(inBlocks - 15 * blocks);
        }
    }
}
