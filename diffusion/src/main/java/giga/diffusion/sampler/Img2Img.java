package giga.diffusion.sampler;

import giga.diffusion.Planes;
import giga.diffusion.Sampling;
import giga.diffusion.noise.NoiseSource;

/** Redraws latents: noise them to a part of the schedule, sample them back (SDEdit, Meng et al. 2022), as A1111 counts. */
public final class Img2Img {
    /** A1111 keeps a full redraw one step below the schedule's length. */
    private static final double MOST = 0.999;

    private Img2Img() {}

    /** Steps that a run takes of a schedule's; at least the last one, and all of them at denoise 1. */
    public static int steps(int scheduleSteps, double denoise) {
        return (int) (Math.min(denoise, MOST) * scheduleSteps) + 1;
    }

    /** The sigmas of a run. */
    public static Sigmas sigmas(Sampling sampling, NoiseSchedule schedule) {
        Scheduler scheduler =
                sampling.scheduler() == Scheduler.AUTOMATIC ? sampling.sampler().automatic() : sampling.scheduler();
        return new Sigmas(
                scheduler.sigmas(schedule, sampling.steps(), SamplerOptions.DEFAULT.spacing()),
                sampling.steps() - steps(sampling.steps(), sampling.denoise()));
    }

    /**
     * The redrawn latents.
     *
     * @param latents [n, channels, height, width] in the UNet's scale, unchanged; zeros with denoise 1 make new pictures
     *     (txt2img)
     * @param noise of the same shape; its draw 0 is the start's
     */
    public static Planes sample(
            Sampling sampling, NoiseSchedule schedule, Denoiser denoiser, Planes latents, NoiseSource noise) {
        Sigmas sigmas = sigmas(sampling, schedule);
        Planes x = Combine.sum(1, latents, sigmas.first(), noise.draw(0));
        return sampling.sampler().sample(denoiser, x, sigmas, noise);
    }
}
