package giga.canvas.output;

import giga.canvas.Picture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * TIFF for print shops: one page in strips, which every program of theirs reads; grey, RGB or CMYK. BigTIFF where even
 * incompressible samples could pass 4 GiB.
 */
final class StripTiff {
    private static final long CLASSIC_BYTES = (1L << 32) - (1 << 28);
    private static final int MOST_ROWS = 64;
    private static final int STRIP_BYTES = 4 << 20;
    private static final int INCHES = 2;

    private StripTiff() {}

    static void write(Picture picture, Inks inks, Path file, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        boolean big =
                metadata.compression().worst * inks.channels() * picture.width() * picture.height() > CLASSIC_BYTES;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(picture, inks, channel, big, metadata, rowsDone);
            channel.force(true);
        }
    }

    private static void write(
            Picture picture, Inks inks, FileChannel file, boolean big, PictureMetadata metadata, IntConsumer rowsDone)
            throws IOException {
        int rows = rows(picture.width() * (long) inks.channels());
        int strips = Math.ceilDiv(picture.height(), rows);
        long[] offsets = new long[strips];
        int[] counts = new int[strips];
        Spool spool = new Spool(file, big ? 16 : 8);
        int[] strip = {0};
        Slices.run(
                picture,
                rows,
                (band, top, bottom) -> packed(inks, inks.of(band, top, bottom), band.width(), metadata.compression()),
                bytes -> {
                    offsets[strip[0]] = spool.position();
                    counts[strip[0]++] = bytes.length;
                    spool.write(bytes);
                },
                rowsDone);
        spool.align();
        long directory = spool.position();
        TiffFields fields = new TiffFields(big)
                .integers(256, picture.width())
                .integers(257, picture.height())
                .integers(278, rows)
                .offsets(273, offsets)
                .integers(279, counts);
        describe(fields, inks, metadata);
        spool.write(fields.written(directory, 0));
        spool.flush();
        ByteBuffer header = header(big, directory);
        while (header.hasRemaining()) file.write(header, header.position());
    }

    private static int rows(long bytesPerRow) {
        int rows = MOST_ROWS;
        while (rows > 1 && rows * bytesPerRow > STRIP_BYTES) rows /= 2;
        return rows;
    }

    private static byte[] packed(Inks inks, byte[] samples, int width, TiffCompression compression) {
        if (compression.predictor == 2) inks.difference(samples, width);
        return switch (compression) {
            case DEFLATE -> Deflate.zlib(samples);
            case LZW -> Lzw.compress(samples);
            case NONE -> samples;
        };
    }

    private static void describe(TiffFields fields, Inks inks, PictureMetadata metadata) {
        int[] eachChannel = new int[inks.channels()];
        Arrays.fill(eachChannel, 1);
        int[] bits = Arrays.stream(eachChannel).map(_ -> 8).toArray();
        int photometric = switch (inks.channels()) {
            case 1 -> 1;
            case 3 -> 2;
            default -> 5;
        };
        fields.integers(254, 0)
                .shorts(258, bits)
                .shorts(259, metadata.compression().code)
                .shorts(262, photometric)
                .shorts(277, inks.channels())
                .shorts(284, 1)
                .shorts(339, eachChannel)
                .text(305, "giga");
        if (metadata.compression().predictor == 2) fields.shorts(317, 2);
        if (inks.channels() == 4) fields.shorts(332, 1).shorts(334, 4);
        metadata.dpi()
                .ifPresent(dpi -> fields.fraction(282, dpi).fraction(283, dpi).shorts(296, INCHES));
        inks.icc().ifPresent(icc -> fields.undefined(34675, icc));
    }

    private static ByteBuffer header(boolean big, long first) {
        ByteBuffer header = ByteBuffer.allocate(big ? 16 : 8).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {'I', 'I'}).putShort((short) (big ? 43 : 42));
        if (big) header.putShort((short) 8).putShort((short) 0).putLong(first);
        else header.putInt((int) first);
        return header.flip();
    }
}
