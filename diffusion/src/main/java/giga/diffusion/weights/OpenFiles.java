package giga.diffusion.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a model holds until it is closed: its mapped files, and memory for tensors that no file has as they are needed. */
final class OpenFiles implements AutoCloseable {
    private final List<TensorFile> files = new ArrayList<>();
    private final Arena arena = Arena.ofShared();

    /** @throws ModelException where the file cannot be read or breaks a rule of the format */
    TensorFile open(Path path) {
        TensorFile file = TensorFile.open(path);
        files.add(file);
        return file;
    }

    MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, Long.BYTES);
    }

    @Override
    public void close() {
        files.forEach(TensorFile::close);
        arena.close();
    }
}
