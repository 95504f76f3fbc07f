package giga.canvas.input;

import ar.com.hjg.pngj.ImageLineByte;
import ar.com.hjg.pngj.PngReaderByte;
import ar.com.hjg.pngj.chunks.ChunkLoadBehaviour;
import ar.com.hjg.pngj.chunks.PngChunkPLTE;
import ar.com.hjg.pngj.chunks.PngChunkTRNS;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * PNG of every colour type and depth, row by row; only interlaced ones are held whole. Gamma and chromaticity chunks are ignored, as
 * most viewers do; what is transparent is laid over white.
 */
final class PngDecoder implements RowDecoder {
    private static final String[] NOT_NEEDED = {"iCCP", "zTXt", "iTXt", "tEXt", "sPLT", "eXIf", "hIST", "tIME"};

    private final FileChannel file;
    private final PngChunks chunks;
    private final boolean grey;

    PngDecoder(FileChannel file) throws IOException {
        this.file = file;
        this.chunks = PngChunks.read(file);
        this.grey = chunks.colourType() == 0 || chunks.colourType() == 4;
    }

    @Override
    public Header header() {
        return new Header(
                PictureFormat.PNG,
                chunks.width(),
                chunks.height(),
                chunks.bits(),
                chunks.samplesPerPixel(),
                chunks.orientation(),
                chunks.dpi(),
                chunks.icc(),
                chunks.texts());
    }

    @Override
    public boolean holdsWhole() {
        return chunks.interlaced();
    }

    @Override
    public void decode(RowSink rows) throws IOException {
        if (chunks.interlaced()) {
            long samples = (long) chunks.width() * chunks.height() * chunks.samplesPerPixel();
            Limits.checkWhole("an interlaced PNG", samples * (chunks.bits() == 16 ? 2 : 1));
        }
        file.position(0);
        InputStream in = Channels.newInputStream(file);
        PngReaderByte reader = new PngReaderByte(in);
        try {
            reader.setShouldCloseStream(false);
            reader.setMaxTotalBytesRead(Long.MAX_VALUE);
            reader.setChunkLoadBehaviour(ChunkLoadBehaviour.LOAD_CHUNK_MOST_IMPORTANT);
            reader.setChunksToSkip(NOT_NEEDED);
            readRows(reader, rows);
        } finally {
            reader.close();
        }
    }

    private void readRows(PngReaderByte reader, RowSink rows) {
        byte[] rgb = new byte[3 * chunks.width()];
        Optional<RowReader> row = Optional.empty();
        for (int y = 0; y < chunks.height(); y++) {
            ImageLineByte line = reader.readRowByte();
            // The palette is known only once the first row was reached.
            if (row.isEmpty()) row = Optional.of(rowReader(reader));
            row.get().read(line.getScanlineByte(), line.getScanlineByte2(), rgb);
            rows.row(rgb, 0);
        }
    }

    private interface RowReader {
        /** {@code low} holds the lower bytes of 16-bit samples and is null for others. */
        void read(byte[] high, byte[] low, byte[] rgb);
    }

    private RowReader rowReader(PngReaderByte reader) {
        Optional<PngChunkTRNS> transparent =
                Optional.ofNullable((PngChunkTRNS) reader.getChunksList().getById1("tRNS"));
        if (chunks.colourType() == 3)
            return paletteRow((PngChunkPLTE) reader.getChunksList().getById1("PLTE"), transparent);
        RowReader opaque = grey ? greyRow() : this::colourRow;
        return transparent.isPresent() && chunks.samplesPerPixel() % 2 == 1
                ? keyed(opaque, key(transparent.get()))
                : opaque;
    }

    private RowReader paletteRow(PngChunkPLTE palette, Optional<PngChunkTRNS> transparent) {
        byte[] table = new byte[3 * 256];
        int[] alpha = transparent.map(PngChunkTRNS::getPalletteAlpha).orElse(new int[0]);
        int[] colour = new int[3];
        for (int i = 0; i < palette.getNentries(); i++) {
            palette.getEntryRgb(i, colour);
            for (int c = 0; c < 3; c++)
                table[3 * i + c] = Samples.overWhite(colour[c], i < alpha.length ? alpha[i] : 255);
        }
        return (index, low, rgb) -> {
            for (int x = 0; x < chunks.width(); x++) System.arraycopy(table, 3 * (index[x] & 0xFF), rgb, 3 * x, 3);
        };
    }

    private RowReader greyRow() {
        int step = chunks.samplesPerPixel();
        byte[] grey = new byte[chunks.width()];
        var byProfile = IccProfiles.toSrgb(chunks.icc(), IccProfiles.Space.GREY);
        return (high, low, rgb) -> {
            for (int x = 0; x < grey.length; x++) grey[x] = (byte) sample(high, low, x * step);
            if (byProfile.isPresent()) byProfile.get().convert(grey, rgb, grey.length);
            else Samples.greyToRgb(grey, rgb, grey.length);
            if (step == 2)
                for (int i = 0; i < rgb.length; i++)
                    rgb[i] = Samples.overWhite(rgb[i] & 0xFF, sample(high, low, i / 3 * 2 + 1));
        };
    }

    private void colourRow(byte[] high, byte[] low, byte[] rgb) {
        if (chunks.samplesPerPixel() == 3 && low == null) {
            System.arraycopy(high, 0, rgb, 0, rgb.length);
            return;
        }
        int step = chunks.samplesPerPixel();
        for (int x = 0, o = 0; x < chunks.width(); x++) {
            int alpha = step == 4 ? sample(high, low, 4 * x + 3) : 255;
            for (int c = 0; c < 3; c++) rgb[o++] = Samples.overWhite(sample(high, low, step * x + c), alpha);
        }
    }

    /** One colour, compared in the file's own depth, is transparent. */
    private RowReader keyed(RowReader opaque, int[] key) {
        return (high, low, rgb) -> {
            opaque.read(high, low, rgb);
            for (int x = 0; x < chunks.width(); x++) {
                boolean match = true;
                for (int c = 0; c < key.length; c++) match &= stored(high, low, x * key.length + c) == key[c];
                if (match) for (int c = 0; c < 3; c++) rgb[3 * x + c] = (byte) 255;
            }
        };
    }

    private int[] key(PngChunkTRNS transparent) {
        return grey ? new int[] {transparent.getGray()} : transparent.getRGB();
    }

    private int sample(byte[] high, byte[] low, int i) {
        int max = (1 << chunks.bits()) - 1;
        return Samples.toByte(stored(high, low, i), max);
    }

    private static int stored(byte[] high, byte[] low, int i) {
        return low == null ? high[i] & 0xFF : (high[i] & 0xFF) << 8 | low[i] & 0xFF;
    }
}
