package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import giga.diffusion.sampler.Stepwise;
import giga.redraw.Request.Seams;
import giga.redraw.Request.Tiling;

/**
 * What one pass of a redraw is asked to do. Every pass has all of it: they may differ in anything but the noise' seed, for
 * it is the pass' number that tells their noise apart.
 *
 * @param scale enlargement before the pass, 1 for none
 * @param redraw whether tiles are drawn; without it a pass is an enlargement and its seams
 * @param upscaler what enlarges
 * @param diffusion what the model is asked to draw, and how
 * @param seams whether and how the places where tiles met are drawn once more
 */
public record PassSettings(
        double scale, boolean redraw, Upscaling upscaler, Diffusion diffusion, Tiling tiling, Seams seams) {
    public PassSettings {
        given("upscaler", upscaler);
        given("diffusion", diffusion);
        given("tiling", tiling);
        given("seams", seams);
        checkScale(scale);
        check(
                redraw || seams.mode() != Seams.Mode.NONE,
                "redraw off with seams none leaves nothing to draw: give seams band, half or half+corners, or redraw on");
        seams.checkWith(tiling);
        if (tiling.join() != Join.PIXELS) checkJoin(tiling.join(), redraw, diffusion);
    }

    static void checkScale(double scale) {
        check(scale >= 1 && scale <= 16, "scale %s: give 1 (redraw only) to 16", scale);
    }

    private static void checkJoin(Join join, boolean redraw, Diffusion diffusion) {
        check(redraw, "join %s with redraw off: there is nothing to join; leave out --join", join);
        check(
                diffusion.noise().kind() == Diffusion.Noise.Kind.POSITION,
                "join %s: windows that move need noise that belongs to places: leave out --noise, or give --join pixels",
                join);
        Stepwise.check(diffusion.sampling().resolved());
    }

    /** The same after another enlargement. */
    public PassSettings scaled(double other) {
        return new PassSettings(other, redraw, upscaler, diffusion, tiling, seams);
    }

    /** The same drawn otherwise. */
    public PassSettings drawn(Diffusion other) {
        return new PassSettings(scale, redraw, upscaler, other, tiling, seams);
    }

    /** The same in other tiles. */
    public PassSettings tiled(Tiling other) {
        return new PassSettings(scale, redraw, upscaler, diffusion, other, seams);
    }

    /** The same, enlarged by this. */
    public PassSettings upscaled(Upscaling other) {
        return new PassSettings(scale, redraw, other, diffusion, tiling, seams);
    }

    /** How the tiles of a phase are sampled: seams have a denoise strength of their own. */
    public Diffusion.Sampling sampling(Phase.Kind kind) {
        return switch (kind) {
            case DRAW, WAVES -> diffusion.sampling();
            case SEAM -> diffusion.sampling().withDenoise(seams.denoise());
        };
    }

    /**
     * How many pictures the UNet sees for one tile of a phase, twice as many with guidance.
     *
     * @throws giga.diffusion.ModelException when the sampler cannot run in so few steps
     */
    public int unetCalls(Phase.Kind kind) {
        return sampling(kind).resolved().networkCalls();
    }

    /** How often the denoiser is called for one tile of the draw. */
    public int denoiserCalls() {
        return diffusion.sampling().resolved().denoiserCalls();
    }
}
