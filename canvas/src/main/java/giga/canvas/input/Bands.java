package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.function.IntConsumer;

/**
 * Gathers stored rows into bands that meet the chunks of the picture they go to, turns them upright and passes them on.
 * Remembers a failure of the receiving side, which must not be taken for a damaged file.
 */
final class Bands implements RowSink {
    private final Header header;
    private final BlockSink out;
    private final IntConsumer rowsDone;
    private final int rowsPerBand;
    private Pixels band;
    private int top;
    private int filled;
    private RuntimeException failure;

    Bands(Header header, BlockSink out, IntConsumer rowsDone) {
        this.header = header;
        this.out = out;
        this.rowsDone = rowsDone;
        this.rowsPerBand = Limits.bandRows(Math.multiplyExact(3, header.width()));
        this.band = nextBand();
    }

    @Override
    public void row(byte[] rgb, int offset) {
        System.arraycopy(rgb, offset, band.rgb(), 3 * header.width() * filled, 3 * header.width());
        filled++;
        if (filled == band.height()) flush();
    }

    boolean complete() {
        return top == header.height();
    }

    /** Rethrows what the receiving side threw, if it did. */
    void rethrowFailure() {
        if (failure != null) throw failure;
    }

    private Pixels nextBand() {
        int left = header.height() - top;
        if (left == 0) return new Pixels(1, 1);
        int rows = Math.min(rowsPerBand, left);
        // The chunks start where the turned picture starts: a picture stored bottom first begins with the odd
        // remainder.
        if (header.orientation().lastRowFirst() && left % rowsPerBand != 0) rows = left % rowsPerBand;
        return band != null && band.height() == rows ? band : new Pixels(header.width(), rows);
    }

    private void flush() {
        Region place = header.orientation().place(top, filled, header.width(), header.height());
        top += filled;
        filled = 0;
        try {
            out.write(place.x(), place.y(), header.orientation().turn(band));
            rowsDone.accept((int) ((long) header.seen().height() * top / header.height()));
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        band = nextBand();
    }
}
