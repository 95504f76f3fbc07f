package giga.redraw.generate;

import giga.diffusion.StableDiffusion;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.PassSettings;
import giga.redraw.Planner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * New pictures to be made: the same but for their seeds.
 *
 * @param width in pixels, a multiple of 8; height likewise
 * @param count of pictures, with the seeds that A1111 gives a batch: one more for each
 * @param hires how each is enlarged and redrawn before it is written. Empty for not at all
 * @param output where the picture goes; with several, where their names come from
 */
public record Generation(
        Diffusion diffusion, int width, int height, int count, Optional<PassSettings> hires, Path output) {
    private static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;
    private static final int SMALLEST = 64;
    private static final int LARGEST = 4096;
    private static final int MOST = 1000;

    public Generation {
        checkSide("width", width);
        checkSide("height", height);
        if (count < 1 || count > MOST) throw new JobException("count %d: give 1 to %d".formatted(count, MOST));
        diffusion.checkPasses(1);
        output = output.toAbsolutePath().normalize();
    }

    private static void checkSide(String name, int side) {
        if (side < SMALLEST || side > LARGEST || side % LATENT != 0)
            throw new JobException("%s %d: give a multiple of %d from %d to %d; larger pictures come from giga redraw"
                    .formatted(name, side, LATENT, SMALLEST, LARGEST));
    }

    /** @param noise of this picture alone */
    public record Item(Path file, Diffusion.Noise noise) {}

    /** Of the files, after the enlargement. */
    public int finalWidth() {
        return enlarged(width);
    }

    /** Of the files, after the enlargement. */
    public int finalHeight() {
        return enlarged(height);
    }

    private int enlarged(int side) {
        return hires.map(pass -> Planner.enlarged(side, pass.scale())).orElse(side);
    }

    /** The pictures in their order. */
    public List<Item> items() {
        Diffusion.Noise first = diffusion.noise();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean varies = first.variationStrength() > 0;
            Diffusion.Noise noise = first.withSeeds(
                    varies ? first.seed() : first.seed() + i,
                    varies ? first.variationSeed() + i : first.variationSeed());
            String name = varies ? noise.seed() + "-" + noise.variationSeed() : String.valueOf(noise.seed());
            items.add(new Item(count == 1 ? output : marked(name), noise));
        }
        return items;
    }

    /** Where the contact sheet goes. */
    public Path sheet() {
        return marked("sheet");
    }

    /** castle.png becomes castle-MARK.png. */
    private Path marked(String mark) {
        String name = output.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return output.resolveSibling(
                dot < 0 ? name + "-" + mark : name.substring(0, dot) + "-" + mark + name.substring(dot));
    }
}
