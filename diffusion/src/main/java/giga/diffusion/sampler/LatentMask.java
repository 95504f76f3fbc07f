package giga.diffusion.sampler;

import giga.diffusion.Planes;

/**
 * Keeps a part of the latents as it is while the rest is redrawn.
 *
 * @param original [n, channels, height, width] the latents to keep, in the network's scale
 * @param kept of the same shape, from 0 (drawn anew) to 1 (kept)
 */
public record LatentMask(Planes original, Planes kept) {
    public LatentMask {
        if (original.values().length != kept.values().length || original.batch() != kept.batch())
            throw new IllegalArgumentException("a mask of another size than the latents");
        for (float value : kept.values())
            if (!(value >= 0 && value <= 1)) throw new IllegalArgumentException("a mask of " + value);
    }

    /** x where latents are drawn anew, the original where they are kept. */
    public Planes blend(Planes x) {
        Planes result = new Planes(x.batch(), x.channels(), x.height(), x.width());
        float[] out = result.values();
        for (int i = 0; i < out.length; i++) {
            float keep = kept.values()[i];
            out[i] = x.values()[i] * (1 - keep) + original.values()[i] * keep;
        }
        return result;
    }

    LatentMask item(int index) {
        return new LatentMask(original.item(index), kept.item(index));
    }
}
