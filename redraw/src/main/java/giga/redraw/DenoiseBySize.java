package giga.redraw;

import static giga.redraw.JobException.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Denoise strength by the size of the picture that is redrawn: what is small may be drawn anew with a freer hand than what
 * has its details already. Written as {@code 0.45, 0.4@2048, 0.35@4096}: 0.45, but 0.4 once the longer side has 2048 pixels
 * and 0.35 once it has 4096. A number alone holds for all sizes.
 *
 * @param steps from the smallest size on; the first one's size is 0
 */
public record DenoiseBySize(List<Step> steps) {
    private static final String EXAMPLE = "give a number from 0 to 1, or a rule such as \"0.45, 0.4@2048, 0.35@4096\"";
    private static final int MOST_STEPS = 16;

    /** @param from this length of the longer side on, in pixels */
    public record Step(int from, double strength) {}

    public DenoiseBySize {
        steps = List.copyOf(steps);
        check(!steps.isEmpty() && steps.size() <= MOST_STEPS, "denoise by %d sizes: %s", steps.size(), EXAMPLE);
        check(steps.getFirst().from() == 0, "denoise for large pictures only: %s", EXAMPLE);
        int before = -1;
        for (Step step : steps) {
            check(
                    step.strength() >= 0 && step.strength() <= 1,
                    "denoise %s: give 0 (only the last step is run) to 1 (all is drawn anew)",
                    step.strength());
            check(step.from() > before, "denoise sizes %d and %d: give larger and larger ones", before, step.from());
            before = step.from();
        }
    }

    /** The same strength at any size. */
    public static DenoiseBySize always(double strength) {
        return new DenoiseBySize(List.of(new Step(0, strength)));
    }

    /** @throws JobException when the text is no such rule */
    public static DenoiseBySize parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] halves = part.strip().split("@", -1);
            try {
                if (halves.length > 2) throw new NumberFormatException();
                steps.add(new Step(
                        halves.length == 1 ? 0 : Integer.parseInt(halves[1].strip()),
                        Double.parseDouble(halves[0].strip())));
            } catch (NumberFormatException e) {
                throw new JobException("denoise '%s': %s".formatted(text, EXAMPLE), e);
            }
        }
        return new DenoiseBySize(steps);
    }

    /** The strength for a canvas of this size. */
    public double at(int width, int height) {
        int side = Math.max(width, height);
        return steps.stream()
                .filter(step -> step.from() <= side)
                .toList()
                .getLast()
                .strength();
    }

    @Override
    public String toString() {
        return steps.stream()
                .map(step -> step.from() == 0 ? "" + step.strength() : step.strength() + "@" + step.from())
                .collect(Collectors.joining(", "));
    }
}
