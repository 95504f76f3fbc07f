package giga.cli;

import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import java.nio.file.Path;

/** What a picture's header tells of its size. */
final class PictureSize {
    private PictureSize() {}

    /** @throws giga.canvas.PictureException when there is no picture */
    static Region of(Path picture) {
        try (PictureFile file = PictureFile.open(picture)) {
            return new Region(0, 0, file.info().width(), file.info().height());
        }
    }
}
