package giga.redraw.job;

import giga.canvas.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The latents of one pass whose windows go through the sampler together; on disk until the pass is drawn. */
public final class Latents {
    private final Path directory;

    Latents(Path directory) {
        this.directory = directory;
    }

    /**
     * @param number 0 for the encoded picture, k for the denoiser's k-th answers
     * @param width of the canvas in latent pixels
     * @param pieces that cover it, always the same for a number
     */
    public LatentLayer layer(int number, int width, int height, List<Region> pieces, LatentLayer.Weight weight) {
        return new LatentLayer(directory.resolve(Integer.toString(number)), width, height, pieces, weight);
    }

    /** Files of pieces that are not what was written. */
    public List<Path> damaged() {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> found = Files.walk(directory)) {
            return found.filter(file -> file.toString().endsWith(LatentFiles.SUFFIX))
                    .filter(file -> !LatentFiles.isSound(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(directory, e);
        } catch (UncheckedIOException e) {
            throw Disk.unreadable(directory, e.getCause());
        }
    }

    public void delete() {
        Disk.delete(directory);
    }
}
