package giga.canvas.output;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.input.PictureInfo;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * TIFF, tiled, by default Deflate with the horizontal predictor, and its reductions by two as further pages marked as such, the way
 * libvips, OpenSlide and GDAL read a pyramid. The form is TIFF 6.0, which more programs open, wherever even incompressible
 * samples would stay below its 4 GiB, and BigTIFF beyond; so it depends on the size alone.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF 6.0</a>
 * @see <a href="https://www.awaresystems.be/imaging/tiff/bigtiff.html">BigTIFF</a>
 */
final class TiffEncoder implements PyramidRun.Tiles {
    /** As large as the chunks of a stored picture, each of which is then read once. */
    private static final int TILE = 512;

    private static final long CLASSIC_BYTES = (1L << 32) - (1 << 28);
    private static final int REDUCED = 1;
    private static final int RGB = 2;
    private static final int INCHES = 2;

    private final FileChannel file;
    private final Pyramid pyramid;
    private final boolean big;
    private final TiffCompression compression;
    private final long[][] offsets;
    private final int[][] counts;
    private final Spool spool;

    private TiffEncoder(FileChannel file, Pyramid pyramid, boolean big, TiffCompression compression) {
        this.file = file;
        this.pyramid = pyramid;
        this.big = big;
        this.compression = compression;
        this.offsets = new long[pyramid.levels()][];
        this.counts = new int[pyramid.levels()][];
        for (int level = 0; level < pyramid.levels(); level++) {
            int tiles = Math.toIntExact(pyramid.grid(level).count());
            offsets[level] = new long[tiles];
            counts[level] = new int[tiles];
        }
        this.spool = new Spool(file, big ? 16 : 8);
    }

    static Pyramid pyramid(int width, int height) {
        return Pyramid.downTo(TILE, width, height, TILE, 0);
    }

    static boolean isBig(Pyramid pyramid, TiffCompression compression) {
        long tiles = 0;
        for (int level = 0; level < pyramid.levels(); level++)
            tiles += pyramid.grid(level).count();
        return compression.worst * 3 * TILE * TILE * tiles > CLASSIC_BYTES;
    }

    /**
     * @param file to be made
     * @param scratch a folder for work in between
     */
    static void write(Picture picture, Path file, Path scratch, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        boolean big = isBig(pyramid(picture.width(), picture.height()), metadata.compression());
        write(picture, file, scratch, big, metadata, rowsDone);
    }

    static void write(
            Picture picture, Path file, Path scratch, boolean big, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        Pyramid pyramid = pyramid(picture.width(), picture.height());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            TiffEncoder encoder = new TiffEncoder(channel, pyramid, big, metadata.compression());
            new PyramidRun(pyramid, encoder, scratch).run(picture, rowsDone);
            encoder.finish(metadata);
            channel.force(true);
        }
    }

    @Override
    public byte[] encode(int level, ChunkIndex at, Pixels tile) {
        return switch (compression) {
            case DEFLATE -> Deflate.zlib(TiffTile.differences(tile, TILE));
            case LZW -> Lzw.compress(TiffTile.differences(tile, TILE));
            case NONE -> TiffTile.samples(tile, TILE);
        };
    }

    @Override
    public void put(int level, ChunkIndex at, byte[] encoded) throws IOException {
        int index = at.row() * pyramid.grid(level).columns() + at.column();
        offsets[level][index] = spool.position();
        counts[level][index] = encoded.length;
        spool.write(encoded);
    }

    /** Directories come last, when all places are known; the header, which points to the first, very last. */
    private void finish(PictureMetadata metadata) throws IOException {
        spool.align();
        long comment = putComment(metadata);
        long first = spool.position();
        for (int level = 0; level < pyramid.levels(); level++) {
            TiffFields fields = image(level);
            if (level == 0) describe(fields, metadata, comment);
            boolean last = level + 1 == pyramid.levels();
            spool.write(fields.written(spool.position(), last ? 0 : spool.position() + fields.length()));
        }
        spool.flush();
        ByteBuffer header = header(first);
        while (header.hasRemaining()) file.write(header, header.position());
    }

    private TiffFields image(int level) {
        ChunkGrid grid = pyramid.grid(level);
        TiffFields fields = new TiffFields(big)
                .integers(254, level == 0 ? 0 : REDUCED)
                .integers(256, grid.width())
                .integers(257, grid.height())
                .shorts(258, 8, 8, 8)
                .shorts(259, compression.code)
                .shorts(262, RGB)
                .shorts(277, 3)
                .shorts(284, 1)
                .integers(322, TILE)
                .integers(323, TILE)
                .offsets(324, offsets[level])
                .integers(325, counts[level])
                .shorts(339, 1, 1, 1);
        return compression.predictor == 1 ? fields : fields.shorts(317, compression.predictor);
    }

    private static void describe(TiffFields fields, PictureMetadata metadata, long comment) {
        fields.text(305, "giga");
        metadata.dpi()
                .ifPresent(dpi -> fields.fraction(282, dpi).fraction(283, dpi).shorts(296, INCHES));
        metadata.icc().ifPresent(icc -> fields.undefined(34675, icc));
        String text = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "");
        if (!text.isEmpty()) fields.text(270, text).offsets(34665, comment);
    }

    /** What made the picture, as EXIF's comment; where it lies, or 0. */
    private long putComment(PictureMetadata metadata) throws IOException {
        String text = metadata.text().getOrDefault(PictureInfo.PARAMETERS, "");
        if (text.isEmpty()) return 0;
        long position = spool.position();
        byte[] value = ("\0\0\0\0" + text).getBytes(UTF_16BE);
        System.arraycopy(JpegEncoder.UNICODE, 0, value, 0, JpegEncoder.UNICODE.length);
        spool.write(
                new TiffFields(big).undefined(JpegEncoder.USER_COMMENT, value).written(position, 0));
        return position;
    }

    private ByteBuffer header(long first) {
        ByteBuffer header = ByteBuffer.allocate(big ? 16 : 8).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {'I', 'I'}).putShort((short) (big ? 43 : 42));
        if (big) header.putShort((short) 8).putShort((short) 0).putLong(first);
        else header.putInt((int) first);
        return header.flip();
    }
}
