package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.pickle.PickleFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A file of named tensors, memory-mapped; its entries are valid until it is closed. */
public sealed interface TensorFile extends AutoCloseable permits SafetensorsFile, PickledFile {
    /**
     * Opens safetensors or what {@code torch.save} wrote, told by the content; a pickle is read as data, nothing in it is
     * run.
     *
     * @throws ModelException where the file cannot be read, is damaged, or wants to run something
     */
    static TensorFile open(Path path) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment file = map(path, arena);
            return isPickle(file)
                    ? new PickledFile(path, arena, file.byteSize(), PickleFile.tensors(file, arena))
                    : new SafetensorsFile(path, arena, file);
        } catch (ModelException e) {
            arena.close();
            throw new ModelException("%s: %s.".formatted(path, e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    Path path();

    /** Size of the whole file. */
    long bytes();

    /** What its maker wrote into it; pickles have none. */
    Map<String, String> metadata();

    /** In the order of the file. */
    Map<String, TensorEntry> tensors();

    @Override
    void close();

    private static boolean isPickle(MemorySegment file) {
        byte[] start = file.asSlice(0, Math.min(9, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        if (start.length < 4) return false;
        // The length of a safetensors header may look like another format's mark.
        if (start.length == 9 && start[8] == '{' && start[7] == 0) return false;
        boolean zip = start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4;
        return zip || (start[0] & 0xFF) == 0x80 && start[1] >= 2 && start[1] <= 5;
    }

    private static MemorySegment map(Path path, Arena arena) {
        if (!Files.exists(path)) throw new ModelException("there is no such file");
        if (!Files.isRegularFile(path)) throw new ModelException("it is not a file");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException | SecurityException e) {
            throw new ModelException("it cannot be read (%s)".formatted(e.getMessage()), e);
        }
    }
}
