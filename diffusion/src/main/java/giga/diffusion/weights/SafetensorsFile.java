package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A safetensors file, memory-mapped: eight bytes of header length (little-endian), a JSON header, then the tensors back
 * to back. See <a href="https://huggingface.co/docs/safetensors">the format's page</a>. Nothing is copied; the entries
 * are valid until {@link #close}.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final long LONGEST_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena;
    private final long bytes;
    private final Map<String, String> metadata;
    private final Map<String, TensorEntry> tensors;

    private SafetensorsFile(Path path, Arena arena, MemorySegment file) {
        this.path = path;
        this.arena = arena;
        this.bytes = file.byteSize();
        long headerBytes = headerBytes(file);
        byte[] json = file.asSlice(8, headerBytes).toArray(ValueLayout.JAVA_BYTE);
        MemorySegment data = file.asSlice(8 + headerBytes);
        SafetensorsHeader header = SafetensorsHeader.parse(json, data.byteSize());
        this.metadata = header.metadata();
        this.tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            MemorySegment slice = data.asSlice(entry.begin(), entry.end() - entry.begin());
            tensors.put(entry.name(), new TensorEntry(entry.name(), entry.dtype(), entry.shape(), slice));
        }
    }

    /** @throws ModelException where the file cannot be read or breaks a rule of the format */
    public static SafetensorsFile open(Path path) {
        return open(path, Arena.ofShared(), SafetensorsFile::map);
    }

    /** @param arena closed with the file, or at once where it is refused */
    static SafetensorsFile open(Path path, Arena arena, BiFunction<Path, Arena, MemorySegment> map) {
        try {
            return new SafetensorsFile(path, arena, map.apply(path, arena));
        } catch (ModelException e) {
            arena.close();
            throw new ModelException("%s: %s.".formatted(path, e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) {
        if (!Files.exists(path)) {
            throw new ModelException("there is no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelException("it is not a file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException | SecurityException e) {
            throw new ModelException("it cannot be read (%s)".formatted(e.getMessage()), e);
        }
    }

    private static long headerBytes(MemorySegment file) {
        if (file.byteSize() == 0) {
            throw new ModelException("it is empty; download or copy it again");
        }
        OtherFormat.refuse(file);
        if (file.byteSize() < 8) {
            throw new ModelException("it has %d bytes, too few for a safetensors file; download or copy it again"
                    .formatted(file.byteSize()));
        }
        long length = file.get(LENGTH, 0);
        if (length < 0 || length > LONGEST_HEADER) {
            throw new ModelException(
                    "it is not a safetensors file: its header would have %s bytes; give a model in .safetensors format"
                            .formatted(Long.toUnsignedString(length)));
        }
        if (length == 0) {
            throw new ModelException(
                    "it is not a safetensors file: its header is empty; give a model in .safetensors format");
        }
        if (file.byteSize() > 8 && file.get(ValueLayout.JAVA_BYTE, 8) != '{') {
            throw new ModelException("it is not a safetensors file: its header does not begin with {");
        }
        if (length > file.byteSize() - 8) {
            throw new ModelException(
                    "it ends within its header: %,d bytes or more are missing; download or copy it again"
                            .formatted(length - (file.byteSize() - 8)));
        }
        return length;
    }

    public Path path() {
        return path;
    }

    /** Size of the whole file. */
    long bytes() {
        return bytes;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** In the order in which they lie in the file. */
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }
}
