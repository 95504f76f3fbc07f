package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The shapes that a UNet of any number of levels and blocks needs, walked in the order in which data flows. */
final class UNetBlueprint {
    private static final int MOST_BLOCKS = 128;

    private final Blueprint plan;
    private final Architecture.Heads heads;
    private final long textWidth;
    private final long embedding;
    /** Blocks by name ("input_blocks.4"), their layers by number. */
    private final Map<String, Map<Integer, Layer>> blocks = new TreeMap<>();
    /** Blocks of "transformer_blocks." by the layer that holds them. */
    private final Map<String, TreeSet<Integer>> depths = new TreeMap<>();

    /** Whether a level has attention: without this, a block whose attention is lost would pass for a plain one. */
    private final Map<Integer, Boolean> attention = new TreeMap<>();

    private long channels;
    private int level;

    private enum Layer {
        RESIDUAL,
        TRANSFORMER,
        DOWN,
        UP,
        CONVOLUTION
    }

    private record Skip(long channels, int level) {}

    private UNetBlueprint(Blueprint plan, Architecture.Heads heads, long textWidth) {
        this.plan = plan;
        this.heads = heads;
        this.textWidth = textWidth;
        this.embedding = plan.side("time_embed.0.weight", 0);
        plan.names().forEach(this::sort);
    }

    static void check(Blueprint plan, Architecture architecture, long textWidth) {
        new UNetBlueprint(plan, architecture.heads(), textWidth).walk(architecture.latentChannels());
        plan.check();
    }

    private void sort(String name) {
        String[] steps = name.split("\\.", 4);
        boolean middle = steps[0].equals("middle_block");
        if (!middle && !steps[0].equals("input_blocks") && !steps[0].equals("output_blocks")) {
            return;
        }
        int at = middle ? 1 : 2;
        if (steps.length <= at || !isNumber(steps[1]) || !isNumber(steps[at])) {
            return;
        }
        String block = middle ? steps[0] : steps[0] + "." + steps[1];
        String layer = block + "." + steps[at];
        if (name.length() <= layer.length()) {
            return;
        }
        String inside = name.substring(layer.length() + 1);
        blocks.computeIfAbsent(block, b -> new TreeMap<>())
                .merge(Integer.valueOf(steps[at]), kind(inside), (a, b) -> a);
        String[] transformer = inside.split("\\.", 3);
        if (transformer[0].equals("transformer_blocks") && transformer.length > 1 && isNumber(transformer[1])) {
            depths.computeIfAbsent(layer, l -> new TreeSet<>()).add(Integer.valueOf(transformer[1]));
        }
    }

    private static boolean isNumber(String step) {
        return step.length() <= 3 && !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Layer kind(String inside) {
        return switch (inside.substring(0, inside.indexOf('.') < 0 ? inside.length() : inside.indexOf('.'))) {
            case "op" -> Layer.DOWN;
            case "conv" -> Layer.UP;
            case "weight", "bias" -> Layer.CONVOLUTION;
            case "in_layers", "emb_layers", "out_layers", "skip_connection" -> Layer.RESIDUAL;
            default -> Layer.TRANSFORMER;
        };
    }

    private void walk(long latentChannels) {
        channels = latentChannels;
        Deque<Skip> skips = new ArrayDeque<>();
        int down = plan.count("input_blocks.", MOST_BLOCKS);
        int up = plan.count("output_blocks.", MOST_BLOCKS);
        if (down != up) {
            plan.contradict("%d blocks on its way down do not match %d on its way up".formatted(down, up));
        }
        for (int i = 0; i < down; i++) {
            block("input_blocks." + i);
            skips.push(new Skip(channels, level));
        }
        long first = plan.side("input_blocks.0.0.weight", 0);
        plan.layer("time_embed.0", embedding, first);
        plan.layer("time_embed.2", embedding, embedding);
        if (plan.has("label_emb.0.0.weight")) {
            plan.layer("label_emb.0.0", embedding, plan.side("label_emb.0.0.weight", 1));
            plan.layer("label_emb.0.2", embedding, embedding);
        }
        block("middle_block");
        for (int i = 0; i < up && !skips.isEmpty(); i++) {
            Skip skip = skips.pop();
            if (skip.level() != level) {
                plan.contradict("block output_blocks.%d is at another size than the one it joins".formatted(i));
            }
            channels += skip.channels();
            block("output_blocks." + i);
        }
        plan.groupNorm("out.0", channels);
        plan.layer("out.2", latentChannels, channels, 3, 3);
    }

    private void block(String block) {
        Map<Integer, Layer> layers = blocks.getOrDefault(block, Map.of());
        if (!layers.containsKey(0)) {
            plan.need(block + ".0.in_layers.0.weight", channels);
        }
        if (layers.containsValue(Layer.RESIDUAL) && !block.equals("middle_block")) {
            boolean transformer = layers.containsValue(Layer.TRANSFORMER);
            Boolean before = attention.putIfAbsent(level, transformer);
            if (before != null && before != transformer) {
                plan.contradict("not all blocks of the level of %s have attention".formatted(block));
            }
        }
        int expected = 0;
        for (Map.Entry<Integer, Layer> layer : layers.entrySet()) {
            if (layer.getKey() != expected++) {
                plan.contradict("block %s lacks a layer".formatted(block));
            }
            String name = block + "." + layer.getKey();
            switch (layer.getValue()) {
                case RESIDUAL -> residual(name + ".");
                case TRANSFORMER -> transformer(name + ".", depths.getOrDefault(name, new TreeSet<>()));
                case DOWN -> {
                    plan.layer(name + ".op", channels, channels, 3, 3);
                    level++;
                }
                case UP -> {
                    plan.layer(name + ".conv", channels, channels, 3, 3);
                    level--;
                }
                case CONVOLUTION -> {
                    long out = plan.side(name + ".weight", 0);
                    plan.layer(name, out, channels, 3, 3);
                    channels = out;
                }
            }
        }
    }

    private void residual(String layer) {
        long out = plan.side(layer + "in_layers.2.weight", 0);
        plan.groupNorm(layer + "in_layers.0", channels);
        plan.layer(layer + "in_layers.2", out, channels, 3, 3);
        plan.layer(layer + "emb_layers.1", out, embedding);
        plan.groupNorm(layer + "out_layers.0", out);
        plan.layer(layer + "out_layers.3", out, out, 3, 3);
        if (out != channels || plan.has(layer + "skip_connection.weight")) {
            plan.layer(layer + "skip_connection", out, channels, 1, 1);
        }
        channels = out;
    }

    private void transformer(String layer, TreeSet<Integer> depths) {
        try {
            heads.of(channels);
        } catch (ModelException e) {
            plan.contradict(e.getMessage());
        }
        plan.groupNorm(layer + "norm", channels);
        plan.matrixOrConvolution(layer + "proj_in", channels, channels);
        for (int depth = 0; depth <= (depths.isEmpty() ? 0 : depths.last()); depth++) {
            String block = layer + "transformer_blocks." + depth + ".";
            attention(block + "attn1.", channels);
            attention(block + "attn2.", textWidth);
            long hidden = plan.side(block + "ff.net.2.weight", 1);
            plan.layer(block + "ff.net.0.proj", 2 * hidden, channels);
            plan.layer(block + "ff.net.2", channels, hidden);
            for (int norm = 1; norm <= 3; norm++) {
                plan.layer(block + "norm" + norm, channels);
            }
        }
        plan.matrixOrConvolution(layer + "proj_out", channels, channels);
    }

    private void attention(String name, long from) {
        plan.need(name + "to_q.weight", channels, channels);
        plan.need(name + "to_k.weight", channels, from);
        plan.need(name + "to_v.weight", channels, from);
        plan.layer(name + "to_out.0", channels, channels);
    }
}
