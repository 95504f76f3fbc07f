package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What is done to a picture at the end, before it is shown or printed.
 *
 * @param order the steps, each at most once; one that is left out is not done
 */
public record Finish(List<Step> order, Sharpening sharpening, Grain grain, Texture texture, Tone tone) {
    /**
     * The usual order: edges first, since sharpening would also sharpen what the later steps add, and tone last, since it is judged
     * by eye over all that lies below it.
     */
    public static final List<Step> USUAL_ORDER = List.of(Step.SHARPEN, Step.GRAIN, Step.TEXTURE, Step.TONE);

    public static final Finish NOTHING =
            new Finish(USUAL_ORDER, Sharpening.NONE, Grain.NONE, Texture.NONE, Tone.NEUTRAL);

    /** What can be done. */
    public enum Step {
        SHARPEN,
        GRAIN,
        TEXTURE,
        TONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finish {
        order = List.copyOf(order);
        if (new HashSet<>(order).size() < order.size())
            throw new PictureException("order " + order + ": name each step once");
    }

    /** The steps that change something, in their order. */
    @Override
    public String toString() {
        return order.stream().filter(this::changes).map(this::words).collect(Collectors.joining(", "));
    }

    private String words(Step step) {
        return switch (step) {
            case SHARPEN ->
                "sharpened by %s (%s, radius %s px)"
                        .formatted(sharpening.amount(), sharpening.method(), sharpening.radius());
            case GRAIN -> "grain of %s levels, %s px".formatted(grain.amount(), grain.size());
            case TEXTURE ->
                "texture %s (%s, opacity %s)".formatted(texture.source(), texture.blend(), texture.opacity());
            case TONE ->
                "brightness %s, contrast %s, exposure %s"
                        .formatted(tone.brightness(), tone.contrast(), tone.exposure());
        };
    }

    /** The same, its texture found also from elsewhere. */
    public Finish absolute() {
        return new Finish(order, sharpening, grain, texture.absolute(), tone);
    }

    /** Whether none of the steps in its order would change a pixel. */
    public boolean changesNothing() {
        return order.stream().noneMatch(this::changes);
    }

    private boolean changes(Step step) {
        return switch (step) {
            case SHARPEN -> sharpening.amount() > 0;
            case GRAIN -> grain.amount() > 0;
            case TEXTURE -> texture.isVisible();
            case TONE -> !tone.equals(Tone.NEUTRAL);
        };
    }

    /**
     * The picture with all steps done, computed where it is read; any region has the bytes it has in the whole.
     *
     * @param files gives the picture of a texture's file, to be read by regions for as long as this one is
     * @throws PictureException when the texture cannot be used
     */
    public Picture of(Picture source, Function<Path, Picture> files) {
        List<Supplier<Stage>> stages = new ArrayList<>();
        for (Step step : order) if (changes(step)) stages.add(stage(step, source, files));
        return stages.isEmpty() ? source : new FinishedPicture(source, stages);
    }

    private Supplier<Stage> stage(Step step, Picture source, Function<Path, Picture> files) {
        return switch (step) {
            case SHARPEN -> () -> new SharpenStage(sharpening);
            case GRAIN -> () -> new GrainStage(grain);
            case TEXTURE -> {
                Surface surface = texture.over(source, files);
                int[] levels = TextureStage.levels(texture.tone());
                yield () -> new TextureStage(surface, texture, levels);
            }
            case TONE -> {
                int[] table = ToneStage.table(tone);
                yield () -> new ToneStage(table);
            }
        };
    }
}
