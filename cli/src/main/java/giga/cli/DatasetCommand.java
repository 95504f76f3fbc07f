package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.dataset.Cropping;
import giga.canvas.dataset.Dataset;
import giga.canvas.dataset.Titles;
import giga.redraw.dataset.DatasetRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dataset",
        description = "Cuts varied crops with captions out of pictures of any size, to train on.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga dataset scan.tif -o training --count 200",
            "  giga dataset paintings/ -o training --titles list.tsv --per-picture 12",
            "  giga dataset scan.dzi -o training --size 1024 --scales 1,2,4,8 --seed 7",
            "  giga dataset scan.tif -o training \\",
            "      --caption \"oil painting, {colours}, {texture}\""
        })
final class DatasetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "IN",
            description = "Pictures (PNG, JPEG, WebP, TIFF, DZI, Zarr folders), and folders of pictures.")
    private List<Path> inputs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            required = true,
            description = "The data set: crops and captions in FOLDER/REPEATS_NAME, and dataset.json.")
    private Path output;

    @Option(names = "--size", paramLabel = "PX", description = "Side of a crop: 512, 768, 1024 ... [768]")
    private int size = 768;

    @Option(
            names = "--scales",
            split = ",",
            paramLabel = "N",
            description = "1: pixels as they are; 2, 4, 8: a place so many times as wide, reduced. [1,2,4]")
    private List<Integer> scales = List.of(1, 2, 4);

    @Option(names = "--count", paramLabel = "N", description = "Crops from all pictures together. [100]")
    private int count = 100;

    @Option(names = "--per-picture", paramLabel = "N", description = "At most so many from one picture.")
    private int perPicture;

    @Option(
            names = "--flat",
            paramLabel = "LEVELS",
            description = "Leave out what differs less from pixel to pixel, in mean grey levels. [3]")
    private double flat = 3;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the first crop; the others follow. [0]")
    private long seed;

    @Option(
            names = "--caption",
            paramLabel = "TEXT",
            description =
                    "With places: {title} {artist} {scale} {colours} {texture}; a part between commas goes where one is unknown."
                            + " [" + Dataset.CAPTION + "]")
    private String caption = Dataset.CAPTION;

    @Option(
            names = "--titles",
            paramLabel = "FILE",
            description = "A table by tabs whose first line names the columns file, title and artist.")
    private Optional<Path> titles;

    @Option(names = "--name", paramLabel = "WORDS", description = "What trainers call the crops. [painting]")
    private String name = "painting";

    @Option(names = "--repeats", paramLabel = "N", description = "How often an epoch takes each. [1]")
    private int repeats = 1;

    @Option(names = "--format", paramLabel = "png|jpg", description = "Of the crops. [png]")
    private Dataset.Format format = Dataset.Format.PNG;

    @Option(names = "--force", description = "Replace an older data set.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Dataset dataset = dataset();
        return Making.run(spec, runOutput, work -> {
            Titles known = titles.map(Titles::read).orElse(Titles.NONE);
            return made(new DatasetRun(inputs, output, dataset, known, force, work).run());
        });
    }

    private Dataset dataset() {
        try {
            Cropping cropping = new Cropping(size, scales, count, perPicture, flat, seed);
            return new Dataset(cropping, caption, name, repeats, format);
        } catch (PictureException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Making.Made made(DatasetRun.Written written) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("output", output.toString());
        fields.put("crops", written.crops());
        fields.put("pictures", written.pictures());
        fields.put("skipped", written.skipped());
        String line = "%s, %d crop%s of %d picture%s"
                .formatted(
                        output.getFileName(),
                        written.crops(),
                        written.crops() == 1 ? "" : "s",
                        written.pictures(),
                        written.pictures() == 1 ? "" : "s");
        return new Making.Made(line, written.pixels(), fields);
    }
}
