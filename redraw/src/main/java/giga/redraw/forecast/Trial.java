package giga.redraw.forecast;

import giga.diffusion.StableDiffusion;
import giga.redraw.Plan;
import giga.redraw.Request;

/**
 * What was learned from trying a plan's parts on this machine.
 *
 * @param networks tiles through the models
 * @param around everything else, without the model
 * @param residentMebibytes the most memory the networks took
 * @param heapLeftMebibytes how far the JVM's heap can still grow
 */
public record Trial(Networks networks, Rehearsal around, long residentMebibytes, long heapLeftMebibytes) {
    private static final double LARGE_TILE = 640 * 640;
    private static final double MEBIBYTES_PER_MEGAPIXEL = 16;

    /** Loads the models for it. */
    public static Trial of(Request request, Plan plan) {
        return of(Networks.of(request, plan), request);
    }

    /** @param model that all passes share */
    public static Trial of(StableDiffusion model, Request request, Plan plan) {
        return of(Networks.of(model, request, plan), request);
    }

    private static Trial of(Networks networks, Request request) {
        long resident = Memory.peakMebibytes();
        long heapLeft = Memory.heapLeftMebibytes();
        return new Trial(networks, Rehearsal.of(request), resident, heapLeft);
    }

    /** Seconds of the whole plan. */
    double seconds(Plan plan, Request request) {
        return networks.seconds(plan, request) + around.seconds(plan);
    }

    /**
     * The collector lets the heap grow by what outlives its young generation before it clears up: the larger the tiles,
     * the larger a share of their floats. Measured with tiles of 320 to 896 px.
     */
    long peakMebibytes(Plan plan) {
        double tile = plan.passes().getLast().phases().getFirst().networkPixels();
        double share = Math.min(1, tile / LARGE_TILE);
        return residentMebibytes
                + Math.min(heapLeftMebibytes, Math.round(MEBIBYTES_PER_MEGAPIXEL * share * plan.networkMegapixels()));
    }
}
