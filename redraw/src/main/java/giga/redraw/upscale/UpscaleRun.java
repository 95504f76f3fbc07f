package giga.redraw.upscale;

import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.canvas.output.TiffCompression;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.DamagedChunkException;
import giga.canvas.store.Failures;
import giga.canvas.store.ZarrPicture;
import giga.redraw.JobException;
import giga.redraw.Planner;
import giga.redraw.Upscaling;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import giga.redraw.run.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/**
 * Enlarges a picture's file into another, in constant memory. What is done lies beside the output until that is written, so
 * that the same command goes on where one was stopped.
 *
 * @param device where the network computes
 * @param compression of a TIFF
 */
public record UpscaleRun(
        Path input,
        Path output,
        Upscaling upscaling,
        String device,
        double scale,
        TiffCompression compression,
        StagedWork work) {
    private static final double LARGEST = 64;

    public UpscaleRun {
        if (!(scale > 0 && scale <= LARGEST))
            throw new JobException("scale %s: give more than 0, up to %.0f".formatted(scale, LARGEST));
        if (scale < 1 && !upscaling.byLanczos())
            throw new JobException(
                    "scale %s: a network makes pictures larger; give 1 or more, or Lanczos".formatted(scale));
    }

    /**
     * Works until the output is written.
     *
     * @return the output's size
     * @throws StoppedException when stopping was asked for
     * @throws giga.canvas.PictureException when the picture cannot be read or a disk refuses
     * @throws giga.diffusion.ModelException when the upscaler cannot be used
     */
    public Region run() {
        try (PictureFile picture = PictureFile.open(input)) {
            PictureInfo info = picture.info();
            int width = Math.max(1, Planner.enlarged(info.width(), scale));
            int height = Math.max(1, Planner.enlarged(info.height(), scale));
            PictureMetadata metadata = PictureMetadata.like(info).compressed(compression);
            PictureWriter.check(output, width, height, metadata);
            if (upscaling.byLanczos()) {
                enlarge(
                        picture,
                        width,
                        height,
                        metadata,
                        (source, result, rows) -> Resample.resize(source, result, Filter.LANCZOS, rows));
                return new Region(0, 0, width, height);
            }
            try (DiffusionUpscaler network = DiffusionUpscaler.open(upscaling, device)) {
                enlarge(
                        picture,
                        width,
                        height,
                        metadata,
                        (source, result, rows) -> new Enlargement(source, network, result.grid()).fill(result, rows));
            }
            return new Region(0, 0, width, height);
        }
    }

    private interface Enlarging {
        void fill(ZarrPicture source, ZarrPicture result, IntConsumer rows);
    }

    private void enlarge(PictureFile picture, int width, int height, PictureMetadata metadata, Enlarging enlarging) {
        Workplace place = Workplace.beside(output, purpose(width, height));
        try {
            ZarrPicture source =
                    place.source(picture.info().width(), picture.info().height());
            if (!place.hasSource()) {
                work.stage(Stage.Kind.DECODE, source.height(), rows -> picture.copyTo(source, rows));
                place.sourceIsWhole();
            }
            ZarrPicture result = place.result(width, height);
            work.stage(Stage.Kind.ENLARGE, height, rows -> enlarging.fill(source, result, rows));
            work.stage(Stage.Kind.EXPORT, height, rows -> PictureWriter.write(result, output, metadata, rows));
            place.delete();
        } catch (DamagedChunkException e) {
            // Nothing of it can be trusted; the next run begins anew.
            place.delete();
            throw e;
        } catch (StoppedException e) {
            throw new StoppedException("Stopped; the same command goes on from here.");
        }
    }

    private String purpose(int width, int height) {
        StringBuilder purpose = new StringBuilder("%s%n%dx%d %s%n".formatted(state(input), width, height, device));
        purpose.append(upscaling).append('\n');
        for (String file : new String[] {upscaling.file(), upscaling.weak()})
            if (!file.isEmpty()) purpose.append(state(Path.of(file))).append('\n');
        return purpose.toString();
    }

    private static String state(Path file) {
        try {
            return "%s %d %s".formatted(file.toRealPath(), Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new JobException("Cannot read %s: %s.".formatted(file, Failures.reason(e)), e);
        }
    }
}
