package giga.canvas.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import giga.canvas.Picture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.zip.Adler32;

/**
 * PDF 1.6 of one page with one picture, without loss (Flate, predictor 2), its colours told by an ICC profile. A picture
 * of more than a gibibyte of samples lies in it as several images, one below the other, since programs count the bytes of one in an int. Crop marks
 * are lines in all inks. The same picture has the same bytes: there is no date in it.
 *
 * @see <a href="https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/pdfreference1.6.pdf">PDF Reference 1.6</a>
 */
final class PdfEncoder {
    /** A page of more inches than 200 must be told in larger units. */
    private static final double MOST_POINTS = 14_400;

    private static final long MOST_OFFSET = 9_999_999_999L;
    private static final double HAIR = 0.25;
    private static final byte[] STREAM_HEADER = {0x78, 0x01};
    private static final byte[] LAST_BLOCK = {3, 0};
    private static final int SLICE_ROWS = 32;

    private static final int CATALOG = 1;
    private static final int PAGES = 2;
    private static final int PAGE = 3;
    private static final int CONTENT = 4;
    private static final int PROFILE = 5;
    private static final int INFO = 6;
    private static final int FIRST_IMAGE = 7;

    private record Slice(byte[] bytes, int checksum, long length, int rows) {}

    private final Spool spool;
    private final Inks inks;
    private final Page page;
    private final int width;
    private final int height;
    /** Rows of all images but the last. */
    private final int imageRows;

    private final List<Long> places = new ArrayList<>();
    private int rowsWritten;
    private int checksum;
    private long imageBegin;

    private PdfEncoder(Spool spool, Picture picture, Inks inks, Page page, long imageBytes) {
        this.spool = spool;
        this.inks = inks;
        this.page = page;
        this.width = picture.width();
        this.height = picture.height();
        long rows = imageBytes / ((long) width * inks.channels()) / SLICE_ROWS * SLICE_ROWS;
        this.imageRows = (int) Math.clamp(rows, SLICE_ROWS, Integer.MAX_VALUE / 2);
    }

    static void write(Picture picture, Inks inks, Page page, Path file, IntConsumer rowsDone) throws IOException {
        write(picture, inks, page, 1L << 30, file, rowsDone);
    }

    /** @param imageBytes the most that an image has before compression */
    static void write(Picture picture, Inks inks, Page page, long imageBytes, Path file, IntConsumer rowsDone)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new PdfEncoder(new Spool(channel, 0), picture, inks, page, imageBytes).write(picture, rowsDone);
            channel.force(true);
        }
    }

    private void write(Picture picture, IntConsumer rowsDone) throws IOException {
        spool.write(ascii("%PDF-1.6\n%"));
        spool.write(new byte[] {(byte) 0xE2, (byte) 0xE3, (byte) 0xCF, (byte) 0xD3, '\n'});
        object(CATALOG, "<< /Type /Catalog /Pages " + PAGES + " 0 R >>");
        object(PAGES, "<< /Type /Pages /Kids [" + PAGE + " 0 R] /Count 1 >>");
        object(PAGE, page());
        stream(CONTENT, "", ascii(content()));
        String space = List.of("DeviceGray", "", "DeviceRGB", "DeviceCMYK").get(inks.channels() - 1);
        stream(
                PROFILE,
                "/N " + inks.channels() + " /Alternate /" + space,
                inks.icc().orElse(new byte[0]));
        object(INFO, "<< /Producer (giga) >>");
        Slices.run(
                picture,
                SLICE_ROWS,
                (band, top, bottom) -> slice(inks.of(band, top, bottom), bottom - top),
                this::put,
                rowsDone);
        trailer();
        spool.flush();
    }

    private String page() {
        double unit = unit();
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < images(); i++) images.append("/Im%d %d 0 R ".formatted(i, FIRST_IMAGE + 2 * i));
        return "<< /Type /Page /Parent " + PAGES + " 0 R /MediaBox "
                + box(new Page.Box(0, 0, page.width(), page.height()), unit) + " /BleedBox "
                + box(page.bleed(), unit) + " /TrimBox " + box(page.trim(), unit)
                + (unit > 1 ? " /UserUnit " + number(unit) : "") + " /Contents " + CONTENT
                + " 0 R /Resources << /XObject << " + images
                + ">> /ColorSpace << /All [/Separation /All /DeviceCMYK"
                + " << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>] >> >> >>";
    }

    /** Points that a unit of the page has. */
    private double unit() {
        return Math.max(1, Math.ceil(Math.max(page.width(), page.height()) / MOST_POINTS));
    }

    /** PDF counts from below. */
    private String box(Page.Box box, double unit) {
        double bottom = page.height() - box.y() - box.height();
        return "[" + number(box.x() / unit) + " " + number(bottom / unit) + " " + number((box.x() + box.width()) / unit)
                + " " + number((bottom + box.height()) / unit) + "]";
    }

    private String content() {
        StringBuilder content = new StringBuilder();
        double unit = unit();
        if (unit > 1)
            content.append(number(1 / unit))
                    .append(" 0 0 ")
                    .append(number(1 / unit))
                    .append(" 0 0 cm\n");
        Page.Box filled = page.picture();
        double rowHeight = filled.height() / height;
        for (int i = 0; i < images(); i++) {
            double bottom = page.height() - filled.y() - rowHeight * Math.min(height, (i + 1L) * imageRows);
            content.append("q %s 0 0 %s %s %s cm /Im%d Do Q\n"
                    .formatted(
                            number(filled.width()),
                            number(rowHeight * rows(i)),
                            number(filled.x()),
                            number(bottom),
                            i));
        }
        if (!page.marks().isEmpty())
            content.append("/All CS 1 SCN ").append(number(HAIR)).append(" w\n");
        for (Page.Line mark : page.marks())
            content.append("%s %s m %s %s l S\n"
                    .formatted(
                            number(mark.x1()),
                            number(page.height() - mark.y1()),
                            number(mark.x2()),
                            number(page.height() - mark.y2())));
        return content.toString();
    }

    private int images() {
        return Math.ceilDiv(height, imageRows);
    }

    private int rows(int image) {
        return Math.min(imageRows, height - image * imageRows);
    }

    private Slice slice(byte[] samples, int rows) {
        inks.difference(samples, width);
        Adler32 sum = new Adler32();
        sum.update(samples);
        return new Slice(Deflate.part(samples, samples.length), (int) sum.getValue(), samples.length, rows);
    }

    private void put(Slice slice) throws IOException {
        if (rowsWritten % imageRows == 0) beginImage(rowsWritten / imageRows);
        checksum = Adler.combined(checksum, slice.checksum(), slice.length());
        spool.write(slice.bytes());
        rowsWritten += slice.rows();
        if (rowsWritten % imageRows == 0 || rowsWritten == height) endImage((rowsWritten - 1) / imageRows);
    }

    private void beginImage(int image) throws IOException {
        begin(FIRST_IMAGE + 2 * image);
        spool.write(ascii(("<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8"
                        + " /ColorSpace %s /Filter /FlateDecode"
                        + " /DecodeParms << /Predictor 2 /Colors %d /BitsPerComponent 8 /Columns %d >>"
                        + " /Length %d 0 R >>\nstream\n")
                .formatted(
                        width,
                        rows(image),
                        "[/ICCBased " + PROFILE + " 0 R]",
                        inks.channels(),
                        width,
                        FIRST_IMAGE + 2 * image + 1)));
        imageBegin = spool.position();
        spool.write(STREAM_HEADER);
        checksum = 1;
    }

    private void endImage(int image) throws IOException {
        spool.write(LAST_BLOCK);
        spool.write(ByteBuffer.allocate(4).putInt(checksum).array());
        long length = spool.position() - imageBegin;
        spool.write(ascii("\nendstream\nendobj\n"));
        object(FIRST_IMAGE + 2 * image + 1, Long.toString(length));
    }

    private void object(int number, String value) throws IOException {
        begin(number);
        spool.write(ascii(value + "\nendobj\n"));
    }

    private void stream(int number, String entries, byte[] value) throws IOException {
        byte[] packed = Deflate.zlib(value);
        begin(number);
        spool.write(ascii("<< %s /Filter /FlateDecode /Length %d >>\nstream\n".formatted(entries, packed.length)));
        spool.write(packed);
        spool.write(ascii("\nendstream\nendobj\n"));
    }

    /** Objects come in the order of their numbers. */
    private void begin(int number) throws IOException {
        places.add(spool.position());
        spool.write(ascii(number + " 0 obj\n"));
    }

    private void trailer() throws IOException {
        long table = spool.position();
        if (table > MOST_OFFSET) throw new IOException("more bytes than a PDF's table can count; use the suffix .tif");
        StringBuilder end = new StringBuilder("xref\n0 %d\n0000000000 65535 f \n".formatted(places.size() + 1));
        for (long place : places) end.append("%010d 00000 n \n".formatted(place));
        end.append("trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
                .formatted(places.size() + 1, CATALOG, INFO, table));
        spool.write(ascii(end.toString()));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
