package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.TensorEntry;

/**
 * The weights of a memory-mapped checkpoint in one precision. A weight whose format is already the wanted one stays in
 * the mapped file; any other is converted, once, when a network asks for it.
 */
public final class MappedWeights implements Weights {
    private final Checkpoint checkpoint;
    private final Placement placement;

    /** @param checkpoint stays open for as long as the weights are used */
    public MappedWeights(Checkpoint checkpoint, Placement placement) {
        this.checkpoint = checkpoint;
        this.placement = placement;
    }

    @Override
    public boolean has(String name) {
        return checkpoint.has(name);
    }

    @Override
    public Tensor get(String name) {
        TensorEntry entry = checkpoint.get(name);
        Tensor weight = Scope.run(() -> MappedTensor.of(entry).toLayer(placement));
        if (!Scope.read(weight::isFinite)) throw notFinite(entry);
        // A converted weight is not read from the file again: its pages need not stay in memory.
        if (entry.data().isMapped() && !weight.isAt(entry.data().address()))
            entry.data().unload();
        return weight;
    }

    private ModelException notFinite(TensorEntry entry) {
        return new ModelException(
                checkpoint.name() + ": tensor " + entry.name()
                        + " has values that are not finite (NaN or infinite); the file is damaged or a failed merge, get it anew");
    }
}
