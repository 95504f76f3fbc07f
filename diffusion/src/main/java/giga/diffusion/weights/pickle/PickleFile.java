package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.TensorEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of what {@code torch.save} wrote ({@code .ckpt}, {@code .pt}, {@code .pth}, {@code .bin}). */
public final class PickleFile {
    private static final long MOST_COPIED = 1L << 30;

    private PickleFile() {}

    /**
     * Reads a mapped file; nothing in it is run. Tensors that lie in one piece stay in the mapping, others are copied into
     * the arena.
     *
     * @throws ModelException where it is damaged, or wants to run something
     */
    public static Map<String, TensorEntry> tensors(MemorySegment file, Arena arena) {
        try {
            Container container = isZip(file) ? TorchZip.read(file, arena) : LegacyStream.read(file);
            return entries(container, file.byteSize(), arena);
        } catch (IndexOutOfBoundsException e) {
            throw new ModelException("it is damaged; download or copy it again", e);
        }
    }

    private static boolean isZip(MemorySegment file) {
        return file.byteSize() > 4 && file.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0) == 'P';
    }

    private static Map<String, TensorEntry> entries(Container container, long fileBytes, Arena arena) {
        Map<String, TensorEntry> entries = new LinkedHashMap<>();
        long copied = 0;
        for (Map.Entry<String, StoredTensor> named :
                StateDict.of(container.root()).entrySet()) {
            StoredTensor tensor = named.getValue();
            if (!tensor.isContiguous()) {
                copied += Math.min(tensor.elements(), Long.MAX_VALUE / 16)
                        * tensor.dtype().bytes();
                // A view may repeat one number as often as it likes.
                if (copied < 0 || copied > MOST_COPIED + fileBytes)
                    throw new ModelException("its tensors would take more than %,d bytes; it is damaged"
                            .formatted(MOST_COPIED + fileBytes));
            }
            MemorySegment data = tensor.data(container.storages().bytes(tensor.storage()), arena);
            entries.put(named.getKey(), new TensorEntry(named.getKey(), tensor.dtype(), tensor.shape(), data));
        }
        return entries;
    }
}
