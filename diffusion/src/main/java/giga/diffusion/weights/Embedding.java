package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A textual inversion (Gal et al. 2022): vectors that stand in a text encoder for the tokens of a new word. Read are
 * A1111's own files, diffusers' concepts (one tensor, a row for each vector), and SDXL's ({@code clip_l}, {@code clip_g}).
 *
 * @param name what a prompt calls it: its file's name without the suffix
 * @param parts for each text encoder of the model, in the model's order, [vectors][width]; as many vectors in each
 */
public record Embedding(String name, List<float[][]> parts) {
    private static final long MOST_VALUES = 1 << 22;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Embedding {
        parts = List.copyOf(parts);
    }

    /** @throws ModelException when the file is damaged or holds something else */
    public static Embedding open(Path path) {
        try (TensorFile file = TensorFile.open(path)) {
            return of(path, file.tensors());
        }
    }

    /** What a prompt calls a file. */
    public static String name(Path path) {
        return path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    /** Rows that it takes in a prompt. */
    public int vectors() {
        return parts.getFirst().length;
    }

    /** @param widths of the token embeddings of a model's text encoders, in order */
    public boolean fits(List<Integer> widths) {
        return widths().equals(widths);
    }

    /** Such as "768 values a vector, as SD 1.x has them". */
    public String describe() {
        List<Integer> widths = widths();
        String values = widths.stream().map(String::valueOf).collect(Collectors.joining(" and ")) + " values a vector";
        if (widths.equals(List.of(768))) return values + ", as SD 1.x has them";
        if (widths.equals(List.of(1024))) return values + ", as SD 2.x has them";
        if (widths.equals(List.of(768, 1280))) return values + ", as SDXL has them";
        return values;
    }

    private List<Integer> widths() {
        return parts.stream().map(part -> part[0].length).toList();
    }

    private static Embedding of(Path path, Map<String, TensorEntry> tensors) {
        List<TensorEntry> entries = new ArrayList<>();
        if (tensors.containsKey("clip_l") && tensors.containsKey("clip_g"))
            entries.addAll(List.of(tensors.get("clip_l"), tensors.get("clip_g")));
        else if (tensors.size() == 1) entries.addAll(tensors.values());
        else if (tensors.keySet().stream().filter(Embedding::isA1111).count() == 1)
            tensors.values().stream().filter(entry -> isA1111(entry.name())).forEach(entries::add);
        else
            throw refused(
                    path,
                    "it holds %d tensors, and a textual inversion one, or clip_l and clip_g for SDXL"
                            .formatted(tensors.size()));
        List<float[][]> parts = new ArrayList<>();
        for (TensorEntry entry : entries) parts.add(rows(path, entry));
        if (parts.stream().mapToInt(part -> part.length).distinct().count() > 1)
            throw refused(path, "clip_l and clip_g have different numbers of vectors");
        return new Embedding(name(path), parts);
    }

    /** The vectors in A1111's own .pt files, beside other things that are of no use here. */
    private static boolean isA1111(String name) {
        return name.startsWith("string_to_param.") && name.endsWith(".*");
    }

    private static float[][] rows(Path path, TensorEntry entry) {
        List<Long> shape = entry.shape();
        boolean vectors = shape.size() == 1 || shape.size() == 2;
        if (!vectors || entry.elements() == 0 || entry.elements() > MOST_VALUES)
            throw refused(
                    path,
                    "its tensor %s has the shape %s, and vectors have [vectors, width]"
                            .formatted(Names.show(entry.name()), shape));
        int width = Math.toIntExact(shape.getLast());
        float[][] rows = new float[(int) (entry.elements() / width)][width];
        for (int i = 0; i < entry.elements(); i++) {
            float value = value(path, entry, i);
            if (!Float.isFinite(value)) throw refused(path, "it has values that are not finite (NaN or infinite)");
            rows[i / width][i % width] = value;
        }
        return rows;
    }

    private static float value(Path path, TensorEntry entry, int index) {
        return switch (entry.dtype()) {
            case F32 -> entry.data().get(FLOAT, 4L * index);
            case F64 -> (float) entry.data().get(DOUBLE, 8L * index);
            case F16 -> Float.float16ToFloat(entry.data().get(SHORT, 2L * index));
            case BF16 -> Float.intBitsToFloat(entry.data().get(SHORT, 2L * index) << 16);
            default -> throw refused(path, "its values are of the type " + entry.dtype());
        };
    }

    private static ModelException refused(Path path, String reason) {
        return new ModelException(
                "%s is no textual inversion that can be used: %s; get it anew, or take its name out of the prompt"
                        .formatted(path, reason));
    }
}
