package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureInfo;
import giga.canvas.store.AtomicFiles;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Zarr v3 group with an OME-NGFF 0.5 image: arrays [channel, y, x] of uint8 named 0, 1, ..., each half as large as the
 * one before, down to one chunk.
 *
 * @see <a href="https://ngff.openmicroscopy.org/0.5/">OME-NGFF 0.5</a>
 */
final class OmeZarrWriter implements PyramidRun.Tiles, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<ZarrPicture> levels = new ArrayList<>();
    private final FileWrites writes = new FileWrites();

    private OmeZarrWriter(Pyramid pyramid, Path folder) {
        for (int level = 0; level < pyramid.levels(); level++) {
            ChunkGrid grid = pyramid.grid(level);
            levels.add(ZarrPicture.createChannelsFirst(
                    folder.resolve(Integer.toString(level)), grid.width(), grid.height()));
        }
    }

    /** Refuses to replace a folder that is no picture. */
    static void check(Path out) {
        if (Files.exists(out) && !Files.exists(out.resolve(ZarrPicture.DESCRIPTION)))
            throw new PictureException(out + ": this is there and is no Zarr picture. Name another output.");
    }

    static void write(Picture picture, Path folder, Path scratch, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        int chunk = ZarrPicture.CHUNK_SIDE;
        Pyramid pyramid = Pyramid.downTo(chunk, picture.width(), picture.height(), chunk, 0);
        try (OmeZarrWriter writer = new OmeZarrWriter(pyramid, folder)) {
            new PyramidRun(pyramid, writer, scratch).run(picture, rowsDone);
            writer.writes.finish();
        }
        AtomicFiles.write(
                folder.resolve(ZarrPicture.DESCRIPTION),
                ByteBuffer.wrap(JSON.writeValueAsBytes(group(pyramid, metadata))));
    }

    private static Map<String, Object> group(Pyramid pyramid, PictureMetadata metadata) {
        List<Object> datasets = new ArrayList<>();
        for (int level = 0; level < pyramid.levels(); level++) {
            int factor = 1 << level;
            // A pixel is where its centre is.
            double shift = (factor - 1) / 2.0;
            datasets.add(Map.of(
                    "path",
                    Integer.toString(level),
                    "coordinateTransformations",
                    List.of(
                            Map.of("type", "scale", "scale", List.of(1, factor, factor)),
                            Map.of("type", "translation", "translation", List.of(0, shift, shift)))));
        }
        Map<String, Object> image = new LinkedHashMap<>();
        image.put(
                "axes",
                List.of(
                        Map.of("name", "c", "type", "channel"),
                        Map.of("name", "y", "type", "space"),
                        Map.of("name", "x", "type", "space")));
        image.put("datasets", datasets);
        image.put("type", "mean");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("ome", Map.of("version", "0.5", "multiscales", List.of(image), "omero", colours()));
        metadata.dpi().ifPresent(dpi -> attributes.put("dpi", dpi));
        String made = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "");
        if (!made.isEmpty()) attributes.put(PictureInfo.PARAMETERS, made);
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("zarr_format", 3);
        group.put("node_type", "group");
        group.put("attributes", attributes);
        return group;
    }

    /** That the channels are red, green and blue. */
    private static Map<String, Object> colours() {
        List<Object> channels = new ArrayList<>();
        for (String[] channel : new String[][] {{"red", "FF0000"}, {"green", "00FF00"}, {"blue", "0000FF"}})
            channels.add(Map.of(
                    "label",
                    channel[0],
                    "color",
                    channel[1],
                    "active",
                    true,
                    "window",
                    Map.of("min", 0, "max", 255, "start", 0, "end", 255)));
        return Map.of("channels", channels, "rdefs", Map.of("model", "color"));
    }

    @Override
    public byte[] encode(int level, ChunkIndex at, Pixels tile) {
        return tile.rgb();
    }

    @Override
    public void put(int level, ChunkIndex at, byte[] rgb) throws IOException {
        ZarrPicture picture = levels.get(level);
        Region region = picture.grid().region(at);
        writes.submit(() -> picture.writeChunk(at, new Pixels(region.width(), region.height(), rgb)));
    }

    @Override
    public void close() {
        writes.close();
    }
}
