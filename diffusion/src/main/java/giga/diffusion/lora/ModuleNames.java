package giga.diffusion.lora;

import giga.diffusion.weights.Architecture;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.Architecture.TextEncoder.Layout;
import giga.diffusion.weights.Checkpoint;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A checkpoint's modules by all names that LoRA files give them, in kohya's spelling. The dictionary is made from the
 * checkpoint's own names, because a path whose dots were given up cannot be taken apart again.
 */
final class ModuleNames {
    private static final String UNET = "model.diffusion_model.";
    private static final String WEIGHT = ".weight";
    private static final Pattern BLOCK = Pattern.compile("transformer\\.resblocks\\.(\\d{1,3})\\.(.+)");
    private static final Map<String, String> IN_OPEN_CLIP = Map.of(
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "attn.out_proj", "self_attn.out_proj",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2");
    private static final Map<String, String> ENDS_OF_OPEN_CLIP =
            Map.of("ln_final", "final_layer_norm", "token_embedding", "embeddings.token_embedding");

    private final Checkpoint checkpoint;
    private final Map<String, Target> targets = new HashMap<>();

    ModuleNames(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        addUnet();
        List<TextEncoder> encoders = checkpoint.architecture().textEncoders();
        for (TextEncoder encoder : encoders) {
            for (String prefix : prefixes(checkpoint.architecture(), encoder)) {
                if (encoder.layout() == Layout.CLIP) addClip(encoder.prefix(), prefix);
                else addOpenClip(encoder.prefix(), prefix);
            }
        }
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** @param module in kohya's spelling, see {@link LoraKey#module(String)} */
    Optional<Target> find(String module) {
        return Optional.ofNullable(targets.get(module));
    }

    /** Files for SD 1 and 2 sometimes number the only encoder. */
    private static List<String> prefixes(Architecture architecture, TextEncoder encoder) {
        return switch (architecture.family()) {
            case SD1, SD2 -> List.of("lora_te_", "lora_te1_");
            case SDXL -> encoder.layout() == Layout.CLIP ? List.of("lora_te1_", "lora_te_") : List.of("lora_te2_");
            case SDXL_REFINER -> List.of("lora_te2_");
        };
    }

    private void addUnet() {
        Set<String> modules = modulesBelow(UNET);
        DiffusersPaths diffusers = new DiffusersPaths(modules);
        for (String module : modules) {
            Target target = whole(UNET + module);
            targets.put(flat("lora_unet_", module), target);
            diffusers.of(module).ifPresent(path -> targets.put(flat("lora_unet_", path), target));
        }
    }

    private void addClip(String below, String prefix) {
        for (String module : modulesBelow(below)) {
            targets.put(flat(prefix, "text_model." + module), whole(below + module));
        }
    }

    private void addOpenClip(String below, String prefix) {
        for (String module : modulesBelow(below)) {
            Matcher block = BLOCK.matcher(module);
            Optional<String> name = block.matches()
                    ? Optional.ofNullable(IN_OPEN_CLIP.get(block.group(2)))
                            .map(inside -> "encoder.layers." + block.group(1) + "." + inside)
                    : Optional.ofNullable(ENDS_OF_OPEN_CLIP.get(module));
            name.ifPresent(path -> targets.put(flat(prefix, "text_model." + path), whole(below + module)));
        }
        for (String name : checkpoint.names()) {
            if (!name.startsWith(below) || !name.endsWith(".attn.in_proj_weight")) continue;
            Matcher block = BLOCK.matcher(name.substring(below.length()));
            if (block.matches()) addProjections(name, flat(prefix, "text_model.encoder.layers." + block.group(1)));
        }
    }

    /** Query, key and value are modules of their own to trainers, and thirds of one matrix to OpenCLIP. */
    private void addProjections(String weight, String layer) {
        List<Long> shape = checkpoint.get(weight).shape();
        long rows = shape.getFirst() / 3;
        Optional<String> bias =
                Optional.of(weight.replaceFirst("_weight$", "_bias")).filter(checkpoint::has);
        List<String> projections = List.of("q", "k", "v");
        for (String projection : projections) {
            long firstRow = rows * projections.indexOf(projection);
            targets.put(
                    layer + "_self_attn_" + projection + "_proj",
                    new Target(weight, bias, firstRow, List.of(rows, shape.get(1))));
        }
    }

    private Target whole(String module) {
        List<Long> shape = checkpoint.get(module + WEIGHT).shape();
        return new Target(module + WEIGHT, Optional.of(module + ".bias").filter(checkpoint::has), 0, shape);
    }

    private Set<String> modulesBelow(String prefix) {
        return checkpoint.names().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(WEIGHT))
                .map(name -> name.substring(prefix.length(), name.length() - WEIGHT.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String flat(String prefix, String path) {
        return prefix + path.replace('.', '_');
    }
}
