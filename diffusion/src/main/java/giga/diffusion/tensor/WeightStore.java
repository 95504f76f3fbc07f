package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.TensorEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A model's weights, each read once and held, which can be changed one by one. A changed weight is always made from
 * the checkpoint's own, so that changes neither add up nor leave a trace.
 *
 * <p>Networks hold tensors of the store: before {@link #change} they are closed, and built anew after it.
 */
public final class WeightStore implements Weights, AutoCloseable {
    private final Checkpoint checkpoint;
    private final Placement placement;
    private final MappedWeights originals;
    private final Map<String, Lifetime<Tensor>> held = new HashMap<>();
    private Set<String> changed = Set.of();

    /** How weights are changed. */
    public interface Edit {
        /** Names of the weights that change; others stay as they are. */
        Set<String> weights();

        /** Changes one of them, whole, contiguous and in f32, in place. */
        void apply(String name, Tensor weight);
    }

    /** @param checkpoint stays open for as long as the weights are used */
    public WeightStore(Checkpoint checkpoint, Placement placement) {
        this.checkpoint = checkpoint;
        this.placement = placement;
        originals = new MappedWeights(checkpoint, placement);
    }

    @Override
    public boolean has(String name) {
        return checkpoint.has(name);
    }

    @Override
    public Tensor get(String name) {
        Lifetime<Tensor> weight = held.get(name);
        if (weight == null) {
            weight = Lifetime.of(() -> originals.get(name));
            held.put(name, weight);
        }
        return weight.value();
    }

    /**
     * Makes weights anew from the checkpoint's; those that an earlier edit changed and this one does not are the
     * checkpoint's own again. After a failure all of them are.
     *
     * @throws ModelException when a changed weight is not finite
     */
    public void change(Edit edit) {
        Set<String> before = changed;
        changed = edit.weights();
        try {
            for (String name : before) if (!changed.contains(name)) restore(name);
            for (String name : changed) change(name, edit);
        } catch (RuntimeException | Error e) {
            before.forEach(this::restore);
            changed.forEach(this::restore);
            changed = Set.of();
            throw e;
        }
        changed = Set.copyOf(changed);
    }

    /**
     * In the memory that the weight has: to free and allocate all of a model's weights leaves the C library's heap in
     * pieces, and SDXL took twice its size.
     */
    private void change(String name, Edit edit) {
        TensorEntry original = checkpoint.get(name);
        Tensor weight = own(name);
        Scope.read(() -> {
            Tensor wide = MappedTensor.inF32(original);
            giveBackPages(original);
            edit.apply(name, wide);
            weight.copyFrom(wide);
            if (!weight.isFinite())
                throw new ModelException(
                        ("%s: weight %s is no longer finite in %s with what is added to it; give the LoRA a smaller"
                                        + " weight, or another LoRA.")
                                .formatted(checkpoint.name(), name, placement.precision()));
            return weight;
        });
    }

    private void restore(String name) {
        Lifetime<Tensor> weight = held.get(name);
        TensorEntry original = checkpoint.get(name);
        if (weight == null || weight.value().isAt(original.data().address())) return;
        Scope.read(() -> weight.value().copyFrom(MappedTensor.of(original)));
        giveBackPages(original);
    }

    /** A weight that may be written to: what lies in the mapped file is copied, once and for good. */
    private Tensor own(String name) {
        Tensor weight = get(name);
        if (!weight.isAt(checkpoint.get(name).data().address())) return weight;
        Lifetime<Tensor> copy = Lifetime.of(weight::copy);
        held.put(name, copy).close();
        return copy.value();
    }

    /** Nothing is read from the file again while the model works: its pages need not stay in memory. */
    private static void giveBackPages(TensorEntry original) {
        if (original.data().isMapped()) original.data().unload();
    }

    @Override
    public void close() {
        held.values().forEach(Lifetime::close);
        held.clear();
    }
}
