package giga.diffusion;

import giga.diffusion.text.Emphasis;

/**
 * How a prompt is encoded.
 *
 * @param clipSkip 1 for the text encoder's last layer, 2 for the one before, …; families that always use a certain
 *     layer ignore it
 * @param emphasis what becomes of the weights in the prompt
 * @throws ModelException when there can be no such layer
 */
public record TextOptions(int clipSkip, Emphasis emphasis) {
    /** A1111's. */
    public static final TextOptions DEFAULT = new TextOptions(1, Emphasis.ORIGINAL);

    public TextOptions {
        if (clipSkip < 1)
            throw new ModelException("A clip skip of %d: give 1 for the last layer, or more".formatted(clipSkip));
    }
}
