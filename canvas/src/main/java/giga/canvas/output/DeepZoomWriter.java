package giga.canvas.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.store.ChunkIndex;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;

/**
 * A Deep Zoom picture: the descriptor {@code NAME.dzi}, the folder {@code NAME_files} of JPEG tiles, and {@code NAME.html},
 * which shows it in a browser, also from disk. All three belong together and may be moved together.
 */
final class DeepZoomWriter implements PyramidRun.Tiles, AutoCloseable {
    /** With the overlap of both sides 256 pixels, as most deep zoom pictures have it. */
    private static final int TILE = 254;

    private static final int OVERLAP = 1;
    private static final JpegTables TABLES = new JpegTables(90);

    /** Each tile has to carry the profile, so a large one stays away. */
    private static final int MAX_PROFILE_BYTES = 1 << 14;

    private final Pyramid pyramid;
    private final Path files;
    private final PictureMetadata tileMetadata;
    private final FileWrites writes = new FileWrites();

    private DeepZoomWriter(Pyramid pyramid, Path files, PictureMetadata metadata) {
        this.pyramid = pyramid;
        this.files = files;
        this.tileMetadata = new PictureMetadata(
                metadata.icc().filter(icc -> icc.length <= MAX_PROFILE_BYTES), OptionalDouble.empty());
    }

    /** Refuses to replace a folder or page that is no part of a deep zoom picture. */
    static void check(Path out) {
        Path page = place(out, ".html");
        if (Files.exists(page) && !DeepZoomPage.isOne(page))
            throw new PictureException(
                    "%s: the page that shows it would replace %s. Name another output.".formatted(out, page));
        Path folder = place(out, "_files");
        if (!Files.exists(folder)) return;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder, entry -> !entry.getFileName().toString().matches("[0-9]+|vips-properties\\.xml"))) {
            for (Path entry : entries)
                throw new PictureException(
                        "%s: the tiles go into %s, which holds other files (%s). Name another output."
                                .formatted(out, folder, entry.getFileName()));
        } catch (IOException e) {
            throw new PictureException(
                    "%s: the tiles go into %s, which is not a folder that can be read. Name another output."
                            .formatted(out, folder),
                    e);
        }
    }

    static void write(Picture picture, Path out, Staging staging, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        Pyramid pyramid = Pyramid.downTo(1, picture.width(), picture.height(), TILE, OVERLAP);
        Path files = staging.resolve("files");
        for (int level = 0; level < pyramid.levels(); level++)
            Files.createDirectories(files.resolve(Integer.toString(level)));
        Path page = staging.resolve("page");
        Path descriptor = staging.resolve("descriptor");
        try (DeepZoomWriter writer = new DeepZoomWriter(pyramid, files, metadata)) {
            new PyramidRun(pyramid, writer, staging.resolve("levels")).run(picture, rowsDone);
            writer.writes.write(page, DeepZoomPage.html(stem(out), pyramid).getBytes(UTF_8));
            writer.writes.write(descriptor, descriptor(pyramid).getBytes(UTF_8));
            writer.writes.finish();
        }
        // Without its descriptor there is no picture, so that at no moment one stands over another's tiles.
        staging.withdraw(out);
        staging.publish(files, place(out, "_files"));
        staging.publish(page, place(out, ".html"));
        staging.publish(descriptor, out);
    }

    private static String descriptor(Pyramid pyramid) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Image xmlns="http://schemas.microsoft.com/deepzoom/2008" Format="jpg" Overlap="%d" TileSize="%d">
                  <Size Width="%d" Height="%d"/>
                </Image>
                """.formatted(pyramid.overlap(), pyramid.tile(), pyramid.width(), pyramid.height());
    }

    private static Path place(Path out, String suffix) {
        return out.resolveSibling(stem(out) + suffix);
    }

    private static String stem(Path out) {
        String name = out.getFileName().toString();
        return name.substring(0, name.length() - ".dzi".length());
    }

    @Override
    public byte[] encode(int level, ChunkIndex at, Pixels tile) throws IOException {
        return JpegEncoder.encode(tile, TABLES, tileMetadata);
    }

    @Override
    public void put(int level, ChunkIndex at, byte[] encoded) throws IOException {
        int depth = pyramid.levels() - 1 - level;
        writes.write(files.resolve(Integer.toString(depth)).resolve(at.column() + "_" + at.row() + ".jpg"), encoded);
    }

    @Override
    public void close() {
        writes.close();
    }
}
