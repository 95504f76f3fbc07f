package giga.diffusion.network;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The small checkpoints of each family, written when a test first asks for one. */
final class TinyModels implements AutoCloseable {
    private final Path folder;
    private final Map<FormulaCheckpoint, Checkpoint> open = new EnumMap<>(FormulaCheckpoint.class);

    TinyModels(Path folder) {
        this.folder = folder;
    }

    Checkpoint get(FormulaCheckpoint model) {
        return open.computeIfAbsent(model, m -> Checkpoint.open(m.write(folder.resolve(folder(m) + ".safetensors"))));
    }

    Weights weights(FormulaCheckpoint model, Precision precision) {
        return new MappedWeights(get(model), Placement.onProcessor(precision));
    }

    /** Where its golden values are. */
    static String folder(FormulaCheckpoint model) {
        return model.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        open.values().forEach(Checkpoint::close);
    }
}
