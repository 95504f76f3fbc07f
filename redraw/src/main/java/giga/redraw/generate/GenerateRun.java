package giga.redraw.generate;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.Diffusion;
import giga.redraw.infotext.FileHashes;
import giga.redraw.infotext.Infotext;
import giga.redraw.infotext.Making;
import giga.redraw.run.Progress;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import giga.redraw.run.Stop;
import giga.redraw.run.StoppedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the pictures of a generation one after the other; each file appears when its picture is complete. */
public final class GenerateRun {
    private final Generation generation;
    private final Generator generator;
    private final Infotext infotext;
    private final Progress progress;
    private final Stop stop;
    private final Stage stage;
    private final int evaluations;

    /** @param version of the program, for the pictures */
    public GenerateRun(
            Generation generation,
            Generator generator,
            FileHashes hashes,
            String version,
            Progress progress,
            Stop stop) {
        this.generation = generation;
        this.generator = generator;
        infotext = new Making(
                        generation.diffusion(),
                        generation.width(),
                        generation.height(),
                        false,
                        new LinkedHashMap<>(),
                        version)
                .infotext(hashes);
        this.progress = progress;
        this.stop = stop;
        evaluations = generator.evaluations();
        stage = new Stage(Stage.Kind.DRAW, 0, 0, (long) evaluations * generation.count());
    }

    /**
     * Works until all pictures are written.
     *
     * @param sheet whether all go onto a contact sheet too
     * @return the files, in order, the sheet last
     * @throws StoppedException when {@code stop} was requested; the pictures written by then stay
     * @throws PictureException when a picture cannot be written
     */
    public List<Path> run(boolean sheet) {
        long began = System.nanoTime();
        List<Generation.Item> items = generation.items();
        List<Path> files = new ArrayList<>();
        ContactSheet contacts = new ContactSheet(items.size(), generation.width(), generation.height());
        checkOutputs(items, sheet ? Optional.of(contacts) : Optional.empty());
        progress.on(new ProgressEvent.StageStarted(stage, 0));
        for (Generation.Item item : items) {
            Pixels picture = draw(item.noise(), files.size(), items.size());
            PictureWriter.write(picture, item.file(), metadata(item.noise()), rows -> {});
            files.add(item.file());
            if (sheet) contacts.add(picture);
            progress.on(new ProgressEvent.StageAdvanced(stage, (long) evaluations * files.size()));
            progress.on(new ProgressEvent.PictureDone(item.file(), item.noise().seed()));
        }
        if (sheet) {
            PictureWriter.write(
                    contacts,
                    generation.sheet(),
                    metadata(generation.diffusion().noise()),
                    rows -> {});
            files.add(generation.sheet());
        }
        progress.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - began) / 1e9));
        return files;
    }

    private void checkOutputs(List<Generation.Item> items, Optional<ContactSheet> sheet) {
        for (Generation.Item item : items)
            PictureWriter.check(item.file(), generation.width(), generation.height(), metadata(item.noise()));
        sheet.ifPresent(contacts -> PictureWriter.check(generation.sheet(), contacts.width(), contacts.height()));
    }

    private Pixels draw(Diffusion.Noise noise, int before, int all) {
        try {
            return generator.draw(noise, generation.width(), generation.height(), done -> {
                stop.check();
                // A sampler that chooses its steps itself may take more than was thought.
                long shown = (long) evaluations * before + Math.min(done, evaluations);
                progress.on(new ProgressEvent.StageAdvanced(stage, shown));
            });
        } catch (StoppedException e) {
            throw new StoppedException("Stopped with %d of %d pictures drawn.".formatted(before, all));
        }
    }

    private PictureMetadata metadata(Diffusion.Noise noise) {
        Infotext text = infotext.with(Making.SEED, String.valueOf(noise.seed()));
        if (noise.variationStrength() > 0)
            text = text.with(Making.VARIATION_SEED, String.valueOf(noise.variationSeed()));
        return new PictureMetadata(
                Optional.empty(), OptionalDouble.empty(), Map.of(PictureInfo.PARAMETERS, text.text()));
    }
}
