package giga.diffusion.network;

import giga.diffusion.weights.Checkpoint;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The arithmetic of one UNet evaluation, counted from the shapes of its weights: every convolution and projection, and
 * both products of every attention (one multiply-add is two FLOP; norms and activations are left out, as usual).
 */
public final class UNetWork {
    private static final String PREFIX = "model.diffusion_model.";
    private static final Pattern BLOCK = Pattern.compile("(input_blocks|output_blocks)\\.(\\d+)\\..*");

    private final Checkpoint checkpoint;
    private final Set<String> names;
    private final int levels;

    public UNetWork(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        this.names = checkpoint.names();
        this.levels = (int) names.stream()
                .filter(name -> name.startsWith(PREFIX + "input_blocks.") && name.endsWith(".0.op.weight"))
                .count();
    }

    /** FLOP of one evaluation for one latent {@code [1, c, height, width]} with {@code tokens} text tokens. */
    public double flops(int height, int width, int tokens) {
        double sum = 0;
        for (String name : names) {
            if (!name.startsWith(PREFIX) || !name.endsWith(".weight")) continue;
            String inside = name.substring(PREFIX.length());
            List<Long> shape = checkpoint.get(name).shape();
            if (shape.size() < 2) continue;
            double positions = positions(level(inside), height, width);
            double rows = isPerPicture(inside) ? 1 : isOfText(inside) ? tokens : positions;
            sum += 2.0 * checkpoint.get(name).elements() * rows;
            double width0 = shape.getFirst();
            if (inside.endsWith("attn1.to_q.weight")) sum += 4 * positions * positions * width0;
            if (inside.endsWith("attn2.to_q.weight")) sum += 4 * positions * tokens * width0;
        }
        return sum;
    }

    private static double positions(int level, int height, int width) {
        int side = 1 << level;
        return Math.ceil((double) height / side) * Math.ceil((double) width / side);
    }

    private static boolean isPerPicture(String name) {
        return name.startsWith("time_embed.") || name.startsWith("label_emb.") || name.contains(".emb_layers.");
    }

    private static boolean isOfText(String name) {
        return name.endsWith("attn2.to_k.weight") || name.endsWith("attn2.to_v.weight");
    }

    /** How often the picture was halved where this weight works; a resampling convolution counts at its output. */
    private int level(String name) {
        Matcher block = BLOCK.matcher(name);
        if (!block.matches()) return name.startsWith("middle_block.") ? levels : 0;
        int index = Integer.parseInt(block.group(2));
        if (block.group(1).equals("input_blocks")) {
            return (int) blocksWith("input_blocks.", ".0.op.weight")
                    .filter(i -> i <= index)
                    .count();
        }
        boolean isUpsampling = name.matches("output_blocks\\.\\d+\\.\\d+\\.conv\\.weight");
        int ups = (int) Stream.of(".1.conv.weight", ".2.conv.weight")
                .flatMap(suffix -> blocksWith("output_blocks.", suffix).boxed())
                .filter(i -> i < index || (isUpsampling && i == index))
                .count();
        return levels - ups;
    }

    private IntStream blocksWith(String prefix, String suffix) {
        String start = PREFIX + prefix;
        return names.stream()
                .filter(name -> name.startsWith(start) && name.endsWith(suffix))
                .mapToInt(name -> Integer.parseInt(name.substring(start.length(), name.length() - suffix.length())));
    }
}
