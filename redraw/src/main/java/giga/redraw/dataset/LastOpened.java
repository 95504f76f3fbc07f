package giga.redraw.dataset;

import giga.canvas.Picture;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.Optional;

/** One picture open at a time, so that no more disk is taken than the largest needs; asked for again, it is still there. */
final class LastOpened implements AutoCloseable {
    private record Opened(Path path, Unpacking unpacking, PictureInfo info, Picture picture) {}

    private final StagedWork work;
    private Optional<Opened> last = Optional.empty();

    LastOpened(StagedWork work) {
        this.work = work;
    }

    Picture picture(Path path) {
        if (last.isEmpty() || !last.get().path().equals(path)) {
            close();
            last = Optional.of(open(path));
        }
        return last.get().picture();
    }

    /** Of the picture that is open. */
    PictureInfo info() {
        return last.orElseThrow().info();
    }

    private Opened open(Path path) {
        Unpacking unpacking = Unpacking.temporary(work);
        try {
            PictureFile file = unpacking.file(path);
            return new Opened(path, unpacking, file.info(), unpacking.picture(file));
        } catch (RuntimeException | Error e) {
            unpacking.close();
            throw e;
        }
    }

    @Override
    public void close() {
        last.ifPresent(opened -> opened.unpacking().close());
        last = Optional.empty();
    }
}
