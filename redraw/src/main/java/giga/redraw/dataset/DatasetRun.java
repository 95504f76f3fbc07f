package giga.redraw.dataset;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.dataset.Candidate;
import giga.canvas.dataset.Cropping;
import giga.canvas.dataset.Dataset;
import giga.canvas.dataset.DatasetFolder;
import giga.canvas.dataset.Selection;
import giga.canvas.dataset.Sources;
import giga.canvas.dataset.Titles;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import giga.redraw.run.StagedWork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a data set out of pictures: looks at each of them once, chooses, and cuts.
 *
 * @param inputs files, and folders of files
 * @param replacing an older data set at {@code output} is meant to go
 */
public record DatasetRun(
        List<Path> inputs, Path output, Dataset dataset, Titles titles, boolean replacing, StagedWork work) {
    private static final int MEGAPIXEL = 1_000_000;

    /**
     * What was written.
     *
     * @param pictures that crops are from
     */
    public record Written(int crops, int pictures, int skipped, long pixels) {}

    /**
     * Works until the data set is complete.
     *
     * @throws giga.redraw.run.StoppedException when stopping was asked for
     * @throws PictureException when a picture cannot be read, none gives a crop, or the disk refuses
     */
    public Written run() {
        DatasetFolder.check(output, replacing);
        List<Path> pictures = Sources.of(inputs);
        Map<Path, String> skipped = new LinkedHashMap<>();
        for (Path picture : pictures) check(picture, skipped);
        if (skipped.size() == pictures.size())
            throw new PictureException(
                    "No picture has the %d pixels a side that a crop takes; give larger ones, or a smaller --size."
                            .formatted(dataset.cropping().least()));
        try (LastOpened opened = new LastOpened(work)) {
            Selection selection = new Selection(dataset.cropping());
            for (int i = 0; i < pictures.size(); i++)
                if (!skipped.containsKey(pictures.get(i)) && !look(selection, i, opened.picture(pictures.get(i))))
                    skip(pictures.get(i), "nothing in it is worth cutting: all is flat, dark or bright", skipped);
            Map<Integer, List<Candidate>> chosen = selection.chosen();
            int crops = chosen.values().stream().mapToInt(List::size).sum();
            checkEnough(crops);
            return write(pictures, chosen, skipped, opened);
        }
    }

    private void check(Path picture, Map<Path, String> skipped) {
        if (picture.toAbsolutePath()
                .normalize()
                .startsWith(output.toAbsolutePath().normalize()))
            throw new PictureException(
                    "%s lies in %s, where the data set is to be; give another -o.".formatted(picture, output));
        try (PictureFile file = PictureFile.open(picture)) {
            PictureInfo info = file.info();
            Cropping cropping = dataset.cropping();
            if (!cropping.fits(info.width(), info.height()))
                skip(
                        picture,
                        "%dx%d is smaller than a crop of %d pixels"
                                .formatted(info.width(), info.height(), cropping.least()),
                        skipped);
        }
    }

    private void skip(Path picture, String reason, Map<Path, String> skipped) {
        work.progress().on(new ProgressEvent.Noticed("%s: skipped, %s".formatted(picture, reason)));
        skipped.put(picture, reason);
    }

    private boolean look(Selection selection, int number, Picture picture) {
        long megapixels = Math.ceilDiv(picture.bounds().area(), MEGAPIXEL);
        boolean[] found = {false};
        work.stage(
                Stage.Kind.MEASURE,
                megapixels,
                done -> found[0] = selection.add(
                        number, picture, rows -> done.accept((int) ((long) rows * picture.width() / MEGAPIXEL))));
        return found[0];
    }

    private void checkEnough(int crops) {
        if (crops == 0)
            throw new PictureException(
                    "Nothing in these pictures is worth cutting: all is flat, dark or bright; try a lower --flat.");
        if (crops < dataset.cropping().count())
            work.progress()
                    .on(new ProgressEvent.Noticed(
                            "%d crops instead of %d: no more places are worth cutting and apart from each other; a lower --flat or more --scales may find some."
                                    .formatted(crops, dataset.cropping().count())));
    }

    private Written write(
            List<Path> pictures, Map<Integer, List<Candidate>> chosen, Map<Path, String> skipped, LastOpened opened) {
        int size = dataset.cropping().size();
        int crops = 0;
        try (DatasetFolder folder = new DatasetFolder(output, dataset, titles)) {
            for (Map.Entry<Integer, List<Candidate>> of : chosen.entrySet()) {
                Path path = pictures.get(of.getKey());
                Picture picture = opened.picture(path);
                work.stage(
                        Stage.Kind.EXPORT,
                        (long) of.getValue().size() * size,
                        done -> folder.write(
                                path,
                                opened.info(),
                                picture,
                                of.getValue(),
                                pixels -> done.accept((int) (pixels / size))));
                crops += of.getValue().size();
            }
            skipped.forEach(folder::skipped);
            folder.publish();
        }
        return new Written(crops, chosen.size(), skipped.size(), (long) crops * size * size);
    }
}
