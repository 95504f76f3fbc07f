package giga.diffusion.sampler;

import giga.diffusion.ModelException;
import java.util.Arrays;

/**
 * The noise levels of one run: a whole schedule, and where in it the run begins (img2img leaves out the noisiest).
 *
 * @param schedule [steps + 1] strictly falling, the last is 0 or the lowest noise of the model
 * @param start index of the first that the run visits
 * @param lowest where samplers end that need not visit the schedule's levels, above 0
 */
record Sigmas(float[] schedule, int start, float lowest) {
    /** Neighbours nearer than this are one for float32 and its logarithms. */
    private static final float NEAREST = 1 - 0x1p-20f;

    Sigmas {
        schedule = schedule.clone();
        if (start < 0 || start > schedule.length - 2) throw new IllegalArgumentException("start " + start);
        for (int i = 1; i < schedule.length; i++)
            if (!(schedule[i] <= NEAREST * schedule[i - 1]))
                throw new ModelException(
                        "The schedule has sigma %s after %s, but it must fall: give fewer steps, or a wider range of sigmas"
                                .formatted(schedule[i], schedule[i - 1]));
    }

    /** Ends for all samplers at the schedule's last level above 0. */
    Sigmas(float[] schedule, int start) {
        this(schedule, start, lastPositive(schedule));
    }

    int steps() {
        return schedule.length - 1 - start;
    }

    /** Where step 0 begins. */
    float first() {
        return at(0);
    }

    /** The sigma from which a step of the run starts. */
    float at(int step) {
        return schedule[start + step];
    }

    /** [steps + 1] What the run visits. */
    float[] run() {
        return Arrays.copyOfRange(schedule, start, schedule.length);
    }

    /** All but the 0, also those before the run. */
    float[] positive() {
        int last = schedule.length - 1;
        return Arrays.copyOf(schedule, schedule[last] == 0 ? last : last + 1);
    }

    private static float lastPositive(float[] schedule) {
        int last = schedule.length - 1;
        return schedule[last] == 0 ? schedule[last - 1] : schedule[last];
    }
}
