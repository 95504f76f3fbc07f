package giga.redraw.inspect;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * A picture that tells how much of it was read, so that whoever waits for its measures sees them come along.
 *
 * @param pixels read so far, however often; may be shared by several pictures
 * @param told given that number after every read, by the thread that read
 */
public record WatchedPicture(Picture picture, AtomicLong pixels, LongConsumer told) implements Picture {
    @Override
    public int width() {
        return picture.width();
    }

    @Override
    public int height() {
        return picture.height();
    }

    @Override
    public Pixels read(Region region) {
        Pixels read = picture.read(region);
        told.accept(pixels.addAndGet(region.area()));
        return read;
    }
}
