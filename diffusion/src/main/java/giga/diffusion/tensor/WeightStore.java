package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.TensorEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A model's weights, each read once and held, which can be exchanged one by one. A changed weight is always made from
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
        release(changed);
        changed = Set.copyOf(edit.weights());
        release(changed);
        try {
            for (String name : changed) held.put(name, Lifetime.of(() -> edited(name, edit)));
        } catch (RuntimeException | Error e) {
            release(changed);
            changed = Set.of();
            throw e;
        }
    }

    private Tensor edited(String name, Edit edit) {
        return Scope.run(() -> {
            TensorEntry original = checkpoint.get(name);
            Tensor weight = MappedTensor.inF32(original);
            // Nothing reads it again while the edit lasts: its pages need not stay in memory.
            if (original.data().isMapped()) original.data().unload();
            edit.apply(name, weight);
            Tensor layer = weight.toLayer(placement);
            if (!Scope.read(layer::isFinite))
                throw new ModelException(
                        ("%s: weight %s is no longer finite in %s with what is added to it; give the LoRA a smaller"
                                        + " weight, or another LoRA.")
                                .formatted(checkpoint.name(), name, placement.precision()));
            return layer;
        });
    }

    private void release(Set<String> names) {
        for (String name : names) {
            Lifetime<Tensor> weight = held.remove(name);
            if (weight != null) weight.close();
        }
    }

    @Override
    public void close() {
        release(Set.copyOf(held.keySet()));
    }
}
