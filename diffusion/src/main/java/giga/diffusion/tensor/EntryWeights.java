package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import giga.diffusion.weights.TensorEntry;
import java.util.Map;
import java.util.Optional;

/**
 * Weights of a small network by their names, converted when they are asked for; two files of the same network may be
 * mixed, weight by weight: share · first + (1 - share) · second.
 *
 * @param what the weights are from, for messages
 * @param second of the same names and shapes
 * @param share of the first
 */
public record EntryWeights(
        String what,
        Map<String, TensorEntry> first,
        Optional<Map<String, TensorEntry>> second,
        double share,
        Placement placement)
        implements Weights {
    @Override
    public boolean has(String name) {
        return first.containsKey(name);
    }

    @Override
    public Tensor get(String name) {
        Tensor weight = Scope.run(() -> {
            Tensor one = MappedTensor.inF32(first.get(name));
            Tensor mixed = second.isEmpty()
                    ? one
                    : one.times(share)
                            .add(MappedTensor.inF32(second.get().get(name)).times(1 - share));
            return mixed.toLayer(placement);
        });
        if (!Scope.read(weight::isFinite))
            throw new ModelException(("%s: tensor %s has values that are not finite (NaN or infinite); the file is"
                            + " damaged, get it anew.")
                    .formatted(what, name));
        return weight;
    }
}
