package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors of a saved object, by name; around them, trainers put what else they wanted to keep. */
final class StateDict {
    /** Under which the tensors lie, the first that is there; averaged weights before plain ones. */
    private static final List<String> WRAPPERS =
            List.of("state_dict", "params_ema", "params", "model_state_dict", "module", "model", "generator");

    private static final int DEEPEST_WRAP = 4;
    private static final int DEEPEST_NAME = 4;
    private static final int MOST_ENTRIES = 1_000_000;

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private int visited;

    private StateDict() {}

    static Map<String, StoredTensor> of(Object root) {
        StateDict found = new StateDict();
        if (root instanceof StoredTensor tensor) found.tensors.put("tensor", tensor);
        if (root instanceof Map<?, ?> map) found.collect("", unwrapped(map), 0);
        return found.tensors;
    }

    private static Map<?, ?> unwrapped(Map<?, ?> map) {
        Map<?, ?> inner = map;
        for (int depth = 0; depth < DEEPEST_WRAP; depth++) {
            Map<?, ?> at = inner;
            if (at.values().stream().anyMatch(StoredTensor.class::isInstance)) return at;
            List<Map<?, ?>> wrapped = WRAPPERS.stream()
                    .map(at::get)
                    .filter(Map.class::isInstance)
                    .<Map<?, ?>>map(value -> (Map<?, ?>) value)
                    .toList();
            if (wrapped.isEmpty()) return at;
            inner = wrapped.getFirst();
        }
        return inner;
    }

    private void collect(String prefix, Map<?, ?> map, int depth) {
        map.forEach((key, value) -> {
            // A dict may hold itself, and that many times.
            if (++visited > MOST_ENTRIES)
                throw new ModelException("its dictionaries hold more than %,d entries".formatted(MOST_ENTRIES));
            if (!(key instanceof String name)) return;
            if (value instanceof StoredTensor tensor) tensors.put(prefix + name, tensor);
            if (value instanceof Map<?, ?> inner && depth < DEEPEST_NAME)
                collect(prefix + name + ".", inner, depth + 1);
        });
    }
}
