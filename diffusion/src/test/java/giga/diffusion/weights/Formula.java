package giga.diffusion.weights;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Weights by formula: every number follows from its tensor's name and its place, so that a checkpoint of any size can be
 * made anywhere, bit for bit, and needs no download. Seed 1.
 *
 * @param hash FNV-1a of seed and name
 * @param scale times a number evenly drawn from [-0.5, 0.5)
 * @param shift added to it
 */
public record Formula(long hash, double scale, double shift) {

    static Formula of(String name, List<Long> shape) {
        if (name.contains("token_embedding")) {
            return new Formula(hash(name), 2, 0);
        }
        if (name.contains("position_embedding") || name.contains("positional_embedding")) {
            return new Formula(hash(name), 1, 0);
        }
        if (shape.size() >= 2) {
            long fanIn = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
            return new Formula(hash(name), Math.sqrt(12.0 / fanIn) * gain(name), 0);
        }
        return name.endsWith("bias") ? new Formula(hash(name), 0.1, 0) : new Formula(hash(name), 0.2, 1);
    }

    /** The numbers of a golden test's input. */
    public static float[] input(String name, int count, double scale) {
        Formula formula = new Formula(hash(name), scale, 0);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = formula.at(i);
        return values;
    }

    private static double gain(String name) {
        if (name.endsWith(".emb_layers.1.weight")) {
            return 3;
        }
        boolean two = List.of(
                        ".attn2.to_v.weight",
                        ".attn2.to_out.0.weight",
                        "time_embed.0.weight",
                        "time_embed.2.weight",
                        "label_emb.0.0.weight",
                        "label_emb.0.2.weight")
                .stream()
                .anyMatch(name::endsWith);
        return two ? 2 : 1;
    }

    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : ("1:" + name).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The number at this place, in C order, before it is rounded to float16. */
    float at(long index) {
        long z = hash + (index + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (float) (((z >>> 40) / 16777216.0 - 0.5) * scale + shift);
    }
}
