package giga.redraw.print;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.print.Print;
import giga.canvas.print.Printing;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prints a picture's file into another, in constant memory.
 *
 * @param gamut also draws where the printer cannot follow
 */
public record PrintRun(Path input, Path output, Print print, Optional<Gamut> gamut, StagedWork work) {
    /**
     * @param map the file to draw into
     * @param threshold the CIEDE2000 difference from which on a colour counts
     */
    public record Gamut(Path map, double threshold) {
        public Gamut {
            if (!(threshold > 0 && threshold <= 100))
                throw new PictureException("A colour difference of " + threshold + ": give more than 0, up to 100.");
        }
    }

    /**
     * What was printed.
     *
     * @param outside the share of the picture's pixels that are out of gamut; 0 where nobody asked
     */
    public record Printed(int width, int height, double dpi, int channels, double outside) {}

    /**
     * @throws giga.redraw.run.StoppedException when stopping was asked for
     * @throws PictureException when the picture or the profile cannot be used, or a disk refuses
     */
    public Printed run() {
        try (Unpacking files = Unpacking.temporary(work)) {
            PictureFile file = files.file(input);
            PictureInfo info = file.info();
            Printing printing = new Printing(print, info.width(), info.height(), info.icc(), info.dpi());
            printing.check(output);
            gamut.ifPresent(wanted -> PictureWriter.check(wanted.map(), info.width(), info.height()));
            Picture picture = files.picture(file);
            double outside =
                    gamut.map(wanted -> draw(wanted, printing, picture)).orElse(0.0);
            work.stage(Stage.Kind.EXPORT, printing.rows(output), done -> printing.write(picture, output, done));
            return new Printed(printing.width(), printing.height(), printing.dpi(), printing.channels(), outside);
        }
    }

    private double draw(Gamut wanted, Printing printing, Picture picture) {
        LongAdder outside = new LongAdder();
        Picture map = printing.gamutMap(picture, wanted.threshold(), outside);
        work.stage(
                Stage.Kind.EXPORT,
                picture.height(),
                done -> PictureWriter.write(map, wanted.map(), PictureMetadata.NONE, done));
        return (double) outside.sum() / picture.bounds().area();
    }
}
