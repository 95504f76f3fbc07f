package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What is done to a picture at the end, before it is shown or printed.
 *
 * @param order the steps, each at most once; one that is left out is not done
 */
public record Finish(List<Step> order, Sharpening sharpening, Grain grain, Tone tone) {
    /**
     * The usual order: edges first, since sharpening would also sharpen what the later steps add, and tone last, since it is judged
     * by eye over all that lies below it.
     */
    public static final List<Step> USUAL_ORDER = List.of(Step.SHARPEN, Step.GRAIN, Step.TEXTURE, Step.TONE);

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

    /** The picture with all steps done, computed where it is read; any region has the bytes it has in the whole. */
    public Picture of(Picture source) {
        List<Supplier<Stage>> stages = new ArrayList<>();
        for (Step step : order) {
            switch (step) {
                case SHARPEN -> {
                    if (sharpening.amount() > 0) stages.add(() -> new SharpenStage(sharpening));
                }
                case GRAIN -> {
                    if (grain.amount() > 0) stages.add(() -> new GrainStage(grain));
                }
                case TEXTURE -> {}
                case TONE -> {
                    int[] table = ToneStage.table(tone);
                    if (!tone.equals(Tone.NEUTRAL)) stages.add(() -> new ToneStage(table));
                }
            }
        }
        return stages.isEmpty() ? source : new FinishedPicture(source, stages);
    }
}
