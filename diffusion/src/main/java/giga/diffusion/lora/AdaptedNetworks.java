package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.tensor.Lifetime;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.WeightStore;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Checkpoint;
import java.util.List;
import java.util.function.Function;

/**
 * Networks whose weights LoRAs change: merged once, so that a step costs what it costs without. For use by one thread at
 * a time.
 *
 * @param <N> the networks, which hold tensors and little else
 */
public final class AdaptedNetworks<N> implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final WeightStore weights;
    private final Function<Weights, N> build;
    private Lifetime<N> networks;
    private List<LoraUse> inUse = List.of();
    private LoraReport report = LoraReport.NONE;

    /**
     * @param checkpoint stays open for as long as the networks are used
     * @param build makes the networks from weights, which it must not copy
     */
    public AdaptedNetworks(Checkpoint checkpoint, Placement placement, Function<Weights, N> build) {
        this.checkpoint = checkpoint;
        this.build = build;
        weights = new WeightStore(checkpoint, placement);
        try {
            networks = built();
        } catch (RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    /** The networks as they are now; not to be kept, for {@link #use} makes others. */
    public N value() {
        return networks.value();
    }

    /**
     * Makes these LoRAs act, and no others. The list that acts already costs nothing; an empty one brings the
     * checkpoint's own weights back, to the bit.
     *
     * @throws ModelException where a LoRA cannot be read or is for other models, and nothing has changed; or where a
     *     weight would not be finite, and no LoRA acts any more
     */
    public LoraReport use(List<LoraUse> loras) {
        if (loras.equals(inUse)) return report;
        try (LoraMerge merge = new LoraMerge(checkpoint, loras)) {
            change(merge);
            inUse = List.copyOf(loras);
            report = merge.report();
            return report;
        }
    }

    private void change(LoraMerge merge) {
        inUse = List.of();
        report = LoraReport.NONE;
        // They hold tensors of the store, some of which it may exchange.
        networks.close();
        try {
            weights.change(merge);
        } finally {
            networks = built();
        }
    }

    private Lifetime<N> built() {
        return Lifetime.of(() -> build.apply(weights));
    }

    @Override
    public void close() {
        networks.close();
        weights.close();
    }
}
