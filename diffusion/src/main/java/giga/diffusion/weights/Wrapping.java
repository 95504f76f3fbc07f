package giga.diffusion.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What trainers and savers put around a checkpoint's names: the object that held the model, or its compiled form. */
final class Wrapping {
    private static final List<String> AROUND =
            List.of("state_dict.", "model_state_dict.", "module.", "model.", "_forward_module.", "pipeline.");
    private static final String COMPILED = "_orig_mod.";
    private static final int DEEPEST = 4;

    private Wrapping() {}

    /** Tensors whose names begin with the parts of a model; those that a part's name cannot be found in stay as they are. */
    static Map<String, TensorEntry> removed(Map<String, TensorEntry> tensors) {
        Map<String, TensorEntry> bare = tensors.keySet().stream().anyMatch(name -> name.contains(COMPILED))
                ? renamed(tensors, name -> name.replace(COMPILED, ""))
                : tensors;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Optional<String> wrapper = around(bare);
            if (wrapper.isEmpty()) {
                return bare.keySet().stream().anyMatch(Wrapping::isPart) ? bare : tensors;
            }
            int length = wrapper.get().length();
            bare = renamed(bare, name -> name.startsWith(wrapper.get()) ? name.substring(length) : name);
        }
        return tensors;
    }

    private static Optional<String> around(Map<String, TensorEntry> tensors) {
        if (tensors.keySet().stream().anyMatch(Wrapping::isPart)) {
            return Optional.empty();
        }
        return AROUND.stream()
                .filter(wrapper -> tensors.keySet().stream().anyMatch(name -> name.startsWith(wrapper)))
                .findFirst();
    }

    /** Of a model or of an autoencoder alone. */
    private static boolean isPart(String name) {
        return name.startsWith(Parts.UNET)
                || name.startsWith(Averages.PREFIX)
                || name.startsWith(Parts.KL)
                || name.startsWith("encoder.")
                || name.startsWith("decoder.");
    }

    /** Where two names become one, the first one stays. */
    private static Map<String, TensorEntry> renamed(Map<String, TensorEntry> tensors, UnaryOperator<String> naming) {
        Map<String, TensorEntry> renamed = new LinkedHashMap<>();
        tensors.forEach((name, entry) -> {
            String to = naming.apply(name);
            renamed.putIfAbsent(to, Parts.rename(entry, to));
        });
        return renamed;
    }
}
