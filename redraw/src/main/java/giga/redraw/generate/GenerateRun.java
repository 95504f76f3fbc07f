package giga.redraw.generate;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.Diffusion;
import giga.redraw.infotext.FileHashes;
import giga.redraw.infotext.HiresFields;
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
                        generation.hires().map(HiresFields::of).orElse(new LinkedHashMap<>()),
                        version)
                .infotext(hashes);
        this.progress = progress;
        this.stop = stop;
        evaluations = generator.evaluations();
    }

    /**
     * Works until all pictures are written.
     *
     * @param sheet whether all go onto a contact sheet too, as they are before they are enlarged
     * @return the files, in order, the sheet last
     * @throws StoppedException when {@code stop} was requested; the pictures written by then stay
     * @throws PictureException when a picture cannot be written
     */
    public List<Path> run(boolean sheet) {
        List<Generation.Item> items = generation.items();
        List<Path> files = new ArrayList<>();
        ContactSheet contacts = new ContactSheet(items.size(), generation.width(), generation.height());
        checkOutputs(items, sheet ? Optional.of(contacts) : Optional.empty());
        generator.checkMemory(generation.width(), generation.height());
        generator.notices().forEach(notice -> progress.on(new ProgressEvent.Noticed(notice)));
        for (Generation.Item item : items) {
            try {
                Pixels picture = draw(item.noise(), files.size());
                write(picture, item);
                if (sheet) contacts.add(picture);
            } catch (StoppedException e) {
                throw new StoppedException(
                        "Stopped with %d of %d pictures drawn.".formatted(files.size(), items.size()));
            }
            files.add(item.file());
            progress.on(new ProgressEvent.PictureDone(item.file(), item.noise().seed()));
        }
        if (sheet) {
            Diffusion.Noise first = generation.diffusion().noise();
            PictureWriter.write(contacts, generation.sheet(), metadata(first), rows -> {});
            files.add(generation.sheet());
        }
        return files;
    }

    private void checkOutputs(List<Generation.Item> items, Optional<ContactSheet> sheet) {
        for (Generation.Item item : items)
            PictureWriter.check(item.file(), generation.width(), generation.height(), metadata(item.noise()));
        sheet.ifPresent(contacts -> PictureWriter.check(generation.sheet(), contacts.width(), contacts.height()));
    }

    private Pixels draw(Diffusion.Noise noise, int number) {
        Stage stage = new Stage(Stage.Kind.DRAW, number, 0, evaluations);
        long began = System.nanoTime();
        progress.on(new ProgressEvent.StageStarted(stage, 0));
        Pixels picture = generator.draw(noise, generation.width(), generation.height(), done -> {
            stop.check();
            // A sampler that chooses its steps itself may take more than was thought.
            progress.on(new ProgressEvent.StageAdvanced(stage, Math.min(done, evaluations)));
        });
        progress.on(new ProgressEvent.StageFinished(stage, (System.nanoTime() - began) / 1e9));
        return picture;
    }

    private void write(Pixels picture, Generation.Item item) {
        PictureMetadata metadata = metadata(item.noise());
        if (generation.hires().isEmpty()) PictureWriter.write(picture, item.file(), metadata, rows -> {});
        else
            new Hires(generation.hires().get(), generator.prompted(), progress, stop)
                    .write(picture, item, metadata.text());
    }

    /** What the first picture's file tells of its making. */
    public String making() {
        return making(generation.items().getFirst().noise());
    }

    private String making(Diffusion.Noise noise) {
        Infotext text = infotext.with(Making.SEED, String.valueOf(noise.seed()));
        if (noise.variationStrength() > 0)
            text = text.with(Making.VARIATION_SEED, String.valueOf(noise.variationSeed()));
        return text.text();
    }

    private PictureMetadata metadata(Diffusion.Noise noise) {
        return new PictureMetadata(
                Optional.empty(), OptionalDouble.empty(), Map.of(PictureInfo.PARAMETERS, making(noise)));
    }
}
