package giga.canvas.store;

import java.nio.file.Path;
import java.util.List;

/** The order in which an array of pixels counts its axes. The samples of a chunk lie as RGB pixels row by row in both. */
enum Axes {
    /** Rows, columns, channels: as the samples lie. */
    YXC(List.of("y", "x", "c"), "{\"name\": \"bytes\"}, {\"name\": \"crc32c\"}"),

    /** Channels first, as OME-NGFF demands; a transposition tells how the samples lie. */
    CYX(
            List.of("c", "y", "x"),
            "{\"name\": \"transpose\", \"configuration\": {\"order\": [1, 2, 0]}}, {\"name\": \"bytes\"}, {\"name\": \"crc32c\"}");

    final List<String> names;
    final String codecs;

    Axes(List<String> names, String codecs) {
        this.names = names;
        this.codecs = codecs;
    }

    String shape(Object height, Object width) {
        return (this == YXC ? "[%s, %s, 3]" : "[3, %s, %s]").formatted(height, width);
    }

    Path file(Path directory, ChunkIndex index) {
        String row = Integer.toString(index.row());
        String column = Integer.toString(index.column());
        Path chunks = directory.resolve("c");
        return this == YXC
                ? chunks.resolve(row).resolve(column).resolve("0")
                : chunks.resolve("0").resolve(row).resolve(column);
    }
}
