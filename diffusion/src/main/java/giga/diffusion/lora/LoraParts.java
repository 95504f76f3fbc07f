package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tensors of one module by their roles, put together. */
final class LoraParts {
    /** Far beyond any training; libtorch refuses factors that are no floats. */
    private static final double MOST_SCALE = 1e6;

    private final String path;
    private final Map<String, TensorEntry> roles = new LinkedHashMap<>();

    LoraParts(String path) {
        this.path = path;
    }

    void add(String role, TensorEntry entry) {
        TensorEntry before = roles.putIfAbsent(role, entry);
        if (before != null)
            throw new ModelException(
                    "tensors %s and %s are the same part of one layer; the file is damaged, get it anew."
                            .formatted(Names.show(before.name()), Names.show(entry.name())));
    }

    List<String> names() {
        return roles.values().stream().map(TensorEntry::name).toList();
    }

    /**
     * Empty where this is no part of a LoRA.
     *
     * @param name in kohya's spelling
     * @param peft knows the scales of modules that have none of their own
     * @throws ModelException where a part is missing or parts do not go together
     */
    Optional<LoraModule> module(String name, PeftConfig peft) {
        Optional<Delta> delta = delta();
        Optional<TensorEntry> bias = find("diff_b").or(() -> find("b_norm"));
        if (delta.isEmpty() && bias.isEmpty()) return Optional.empty();
        return Optional.of(new LoraModule(
                name,
                delta,
                delta.map(d -> scale(d, peft)).orElse(1.0),
                find("dora_scale").map(Magnitude::new),
                bias));
    }

    private Optional<Delta> delta() {
        if (has("up") || has("down")) return Optional.of(new LowRank(need("up"), need("down"), find("mid")));
        if (hasFamily("hada_"))
            return Optional.of(new Hadamard(factor("hada_w1", "hada_t1"), factor("hada_w2", "hada_t2")));
        if (hasFamily("lokr_"))
            return Optional.of(new Kronecker(block("lokr_w1", "lokr_t1"), block("lokr_w2", "lokr_t2")));
        if (has("diff")) return Optional.of(new Difference(need("diff")));
        if (has("w_norm")) return Optional.of(new Difference(need("w_norm")));
        if (has("weight") && has("on_input"))
            return Optional.of(new Rescaling(need("weight"), Scalars.of(need("on_input")) != 0));
        return Optional.empty();
    }

    private Kronecker.Block block(String whole, String core) {
        return has(whole) ? new Kronecker.Whole(need(whole)) : new Kronecker.Factored(factor(whole, core));
    }

    private Hadamard.Factor factor(String stem, String core) {
        return new Hadamard.Factor(need(stem + "_a"), need(stem + "_b"), find(core));
    }

    private double scale(Delta delta, PeftConfig peft) {
        double scale = writtenScale(delta, peft);
        if (!(Math.abs(scale) <= MOST_SCALE))
            throw new ModelException("layer %s is to be scaled by %.3g; the file is damaged, get it anew."
                    .formatted(Names.show(path), scale));
        return scale;
    }

    private double writtenScale(Delta delta, PeftConfig peft) {
        if (has("scale")) return Scalars.of(need("scale"));
        if (delta.rank().isEmpty()) return 1;
        long rank = delta.rank().getAsLong();
        return has("alpha")
                ? Scalars.of(need("alpha")) / rank
                : peft.scale(path, rank).orElse(1);
    }

    private boolean has(String role) {
        return roles.containsKey(role);
    }

    private boolean hasFamily(String prefix) {
        return roles.keySet().stream().anyMatch(role -> role.startsWith(prefix));
    }

    private Optional<TensorEntry> find(String role) {
        return Optional.ofNullable(roles.get(role));
    }

    private TensorEntry need(String role) {
        return find(role)
                .orElseThrow(() -> new ModelException(
                        "layer %s lacks its %s; the file is damaged, get it anew.".formatted(Names.show(path), role)));
    }
}
