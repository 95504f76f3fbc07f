package giga.diffusion.sampler;

import giga.diffusion.weights.Architecture.Family;

/**
 * The 50 of the 1000 noise levels that latent consistency models know: every twentieth (Luo et al., "Latent consistency
 * models", 2023). Any sigma is given to the network as the nearest of these.
 */
final class LcmSchedule implements SigmaTable {
    private static final int SKIP = 20;
    private static final int FIRST = SKIP - 1;

    private final LogTable table;
    private final Family family;

    LcmSchedule(NoiseSchedule trained) {
        float[] all = trained.sigmas();
        float[] known = new float[all.length / SKIP];
        for (int i = 0; i < known.length; i++) known[i] = all[FIRST + SKIP * i];
        table = new LogTable(known);
        family = trained.family();
    }

    @Override
    public float[] sigmas() {
        return table.sigmas();
    }

    @Override
    public float timestep(float sigma) {
        return FIRST + SKIP * table.nearest(sigma);
    }

    @Override
    public float sigma(float timestep) {
        return table.sigma((timestep - FIRST) / SKIP);
    }

    @Override
    public Family family() {
        return family;
    }
}
