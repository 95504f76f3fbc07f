package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A safetensors file, memory-mapped: eight bytes of header length (little-endian), a JSON header, then the tensors back
 * to back. See <a href="https://huggingface.co/docs/safetensors">the format's page</a>. Nothing is copied; the entries
 * are valid until {@link #close}.
 */
final class SafetensorsFile implements TensorFile {
    private static final long LONGEST_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena;
    private final long bytes;
    private final Map<String, String> metadata;
    private final Map<String, TensorEntry> tensors;

    SafetensorsFile(Path path, Arena arena, MemorySegment file) {
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

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    @Override
    public void close() {
        arena.close();
    }
}
