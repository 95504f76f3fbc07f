package giga.redraw.run;

import giga.canvas.input.PictureFile;
import giga.canvas.store.ZarrPicture;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/** Decodes pictures into stored ones, one on each core where one alone would not keep them busy. */
final class Decoding {
    private static final int MOST_AT_ONCE = 4;

    private final IntConsumer rowsDone;
    private int rows;
    private Throwable failure;

    /** @param rowsDone told how many rows of all pictures are done so far; may throw to stop */
    Decoding(IntConsumer rowsDone) {
        this.rowsDone = rowsDone;
    }

    void run(Map<PictureFile, ZarrPicture> pictures) {
        boolean together = pictures.keySet().stream().allMatch(PictureFile::copiesOnOneCore);
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService workers = Threads.named("decode", together ? Math.min(cores, MOST_AT_ONCE) : 1)) {
            pictures.forEach((file, room) -> workers.submit(() -> decode(file, room)));
        }
        if (failure instanceof Error error) throw error;
        if (failure != null) throw (RuntimeException) failure;
    }

    private void decode(PictureFile file, ZarrPicture room) {
        int[] before = {0};
        try {
            file.copyTo(room, done -> {
                advance(done - before[0]);
                before[0] = done;
            });
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Throws also when another picture failed, as then none is needed. */
    private synchronized void advance(int more) {
        if (failure != null) throw new CancellationException();
        rows += more;
        rowsDone.accept(rows);
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) failure = cause;
    }
}
