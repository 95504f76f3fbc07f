package giga.canvas.dataset;

import giga.canvas.Part;
import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureSet;
import giga.canvas.output.Staging;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import giga.canvas.store.AtomicFiles;
import giga.canvas.store.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A folder of crops with captions, as kohya's trainers read it: crops and texts of the same names in {@code REPEATS_NAME}, and beside it
 * {@value Manifest#FILE}, which says where each crop is from. It appears when it is complete; a failed or cancelled one leaves nothing.
 */
public final class DatasetFolder implements AutoCloseable {
    private static final int LONGEST_NAME = 60;

    private final Path out;
    private final Dataset dataset;
    private final Titles titles;
    private final Staging staging;
    private final Path made;
    private final Path crops;
    private final Manifest manifest;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @throws PictureException when the disk refuses */
    public DatasetFolder(Path out, Dataset dataset, Titles titles) {
        this.out = out;
        this.dataset = dataset;
        this.titles = titles;
        this.manifest = new Manifest(dataset);
        try {
            this.staging = Staging.beside(out.toAbsolutePath().normalize());
            this.made = Files.createDirectory(staging.resolve("dataset"));
            this.crops = Files.createDirectory(made.resolve(dataset.folder()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Refuses, before any work, a place where no data set can be made. A folder that holds anything else is never replaced.
     *
     * @param replacing an older data set is meant to go
     * @throws PictureException that names the place
     */
    public static void check(Path out, boolean replacing) {
        Path folder = out.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new PictureException(out + ": there is no folder " + folder + ". Create it first.");
        if (!Files.isWritable(folder))
            throw new PictureException(out + ": the folder " + folder
                    + " cannot be written to. Choose another, or give yourself the right.");
        if (!Files.exists(out, LinkOption.NOFOLLOW_LINKS)) return;
        if (!Files.isDirectory(out, LinkOption.NOFOLLOW_LINKS))
            throw new PictureException(out + ": this is a file. Name a folder that is not there yet.");
        if (isEmpty(out)) return;
        if (!Files.exists(out.resolve(Manifest.FILE)))
            throw new PictureException(out + ": this folder holds something else. Name one that is not there yet.");
        if (!replacing)
            throw new PictureException(
                    out + ": there is a data set already; give another -o, or --force to replace it.");
    }

    private static boolean isEmpty(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            throw new PictureException("%s: it cannot be listed (%s).".formatted(folder, Failures.reason(e)), e);
        }
    }

    /**
     * Cuts and writes a picture's crops.
     *
     * @param source its file, as it is to stand in the manifest
     * @param pixelsDone told how many pixels of them are written; may throw to stop
     * @throws PictureException when the picture cannot be read or the disk refuses
     */
    public void write(Path source, PictureInfo info, Picture picture, List<Candidate> chosen, LongConsumer pixelsDone) {
        Title title = titles.of(source);
        Map<Path, Picture> pictures = new LinkedHashMap<>();
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Candidate crop : chosen) {
            String name = name(source);
            Path file = crops.resolve(name + dataset.format().suffix());
            String caption = new Caption(dataset.caption()).of(crop, title);
            pictures.put(file, cut(picture, crop));
            texts.put(crops.resolve(name + ".txt"), caption);
            manifest.add(made.relativize(file), source, crop, caption);
        }
        PictureMetadata metadata = new PictureMetadata(info.icc(), PictureMetadata.NONE.dpi());
        new PictureSet(pictures, metadata).write(pixelsDone);
        texts.forEach((file, caption) -> write(file, (caption + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private Picture cut(Picture picture, Candidate crop) {
        Part part = new Part(picture, crop.region());
        int size = dataset.cropping().size();
        return crop.scale() == 1 ? part : Resample.resized(part, size, size, Filter.LANCZOS);
    }

    /** Counted on where two pictures have one name, in any case: some disks know none. */
    private String name(Path source) {
        String stem = Titles.stem(String.valueOf(source.getFileName()))
                .replaceAll("[^\\p{L}\\p{N}._-]", "_")
                .replaceFirst("^[.-]+", "_");
        String kept = stem.substring(
                0, stem.offsetByCodePoints(0, Math.min(LONGEST_NAME, stem.codePointCount(0, stem.length()))));
        return "%s_%04d".formatted(kept, numbers.merge(kept.toLowerCase(Locale.ROOT), 1, Integer::sum));
    }

    /** A picture from which nothing was taken, and why. */
    public void skipped(Path source, String reason) {
        manifest.skip(source, reason);
    }

    /** Gives the folder its place. @throws PictureException when the disk refuses */
    public void publish() {
        write(made.resolve(Manifest.FILE), manifest.json());
        try {
            staging.publish(made, out.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(Path file, byte[] bytes) {
        try {
            AtomicFiles.write(file, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private PictureException failed(IOException e) {
        return new PictureException(
                "%s: the data set could not be written (%s). Check the space on the disk and the rights."
                        .formatted(out, Failures.reason(e)),
                e);
    }

    @Override
    public void close() {
        staging.close();
    }
}
