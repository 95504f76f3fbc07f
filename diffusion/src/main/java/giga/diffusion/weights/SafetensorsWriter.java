package giga.diffusion.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a safetensors file tensor by tensor, laid out as the format's own library does: wide formats first, so that
 * every tensor is aligned, then by name. The file appears under its name only when it is whole.
 */
final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /**
     * @param tensors of different names
     * @param formats the format in which one of this format is written
     * @param written is told how many bytes went out since it was told last
     */
    static void write(
            Path file,
            Collection<TensorEntry> tensors,
            UnaryOperator<DType> formats,
            Map<String, String> metadata,
            LongConsumer written)
            throws IOException {
        List<TensorEntry> ordered = tensors.stream()
                .sorted(Comparator.comparing((TensorEntry entry) ->
                                -formats.apply(entry.dtype()).bytes())
                        .thenComparing(TensorEntry::name))
                .toList();
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            try (FileChannel out = FileChannel.open(
                    partial,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer header = header(ordered, formats, metadata);
                while (header.hasRemaining()) {
                    out.write(header);
                }
                for (TensorEntry entry : ordered) {
                    DType format = formats.apply(entry.dtype());
                    Casting.write(entry, format, out);
                    written.accept(entry.elements() * format.bytes());
                }
                out.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static ByteBuffer header(
            List<TensorEntry> tensors, UnaryOperator<DType> formats, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long at = 0;
        for (TensorEntry entry : tensors) {
            DType format = formats.apply(entry.dtype());
            long end = at + entry.elements() * format.bytes();
            header.put(
                    entry.name(),
                    Map.of("dtype", format.name(), "shape", entry.shape(), "data_offsets", List.of(at, end)));
            at = end;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int padding = Math.floorMod(-json.length, ALIGNMENT);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + padding)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length + padding)
                .put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }
}
