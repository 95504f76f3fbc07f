package giga.cli;

import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.JobException;
import giga.redraw.generate.GenerateRun;
import giga.redraw.generate.Generation;
import giga.redraw.generate.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The picture that a recipe makes for itself to begin with; it lies beside the result, and is taken again by whoever asks for
 * the same.
 *
 * @param output the result
 * @param force whether another picture of its name is replaced
 * @param reported open once the command has told how it ended
 */
record BaseRun(Path output, boolean force, CountDownLatch reported) {

    /** poster.tif begins with poster-base.png. */
    Path file() {
        String name = output.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return output.toAbsolutePath().resolveSibling((dot < 1 ? name : name.substring(0, dot)) + "-base.png");
    }

    void make(Generation generation, Terminal terminal) {
        if (generation.count() != 1)
            throw new JobException("count is of no use in a recipe, which goes on with one picture; leave it out");
        terminal.say("base: %dx%d, loading the model".formatted(generation.finalWidth(), generation.finalHeight()));
        try (GentleStop stop = new GentleStop(terminal, "Stopping after the step at hand ...", reported);
                Generator generator = Generator.open(generation.diffusion())) {
            GenerateRun run =
                    new GenerateRun(generation, generator, Models.hashes(), Version.name(), terminal, stop.stop());
            if (!force && Files.exists(file())) {
                if (tells(run.making())) return;
                throw new JobException(
                        file()
                                + " exists, and was made otherwise than the recipe says; move it away, give it as --input, or give --force");
            }
            run.run(false);
        }
    }

    private boolean tells(String making) {
        try (PictureFile picture = PictureFile.open(file())) {
            return making.equals(picture.info().texts().get(PictureInfo.PARAMETERS));
        }
    }
}
