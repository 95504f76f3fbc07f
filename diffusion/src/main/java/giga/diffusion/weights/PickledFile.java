package giga.diffusion.weights;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;

/** What {@code torch.save} wrote. */
record PickledFile(Path path, Arena arena, long bytes, Map<String, TensorEntry> tensors) implements TensorFile {
    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public void close() {
        arena.close();
    }
}
