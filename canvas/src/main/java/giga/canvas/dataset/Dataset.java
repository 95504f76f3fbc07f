package giga.canvas.dataset;

import giga.canvas.PictureException;

/**
 * Everything that decides a data set's bytes but the pictures.
 *
 * @param caption see {@link #CAPTION}; places for {title}, {artist}, {scale}, {colours} and {texture}
 * @param name of the folder of crops, which is the caption of crops without one for trainers
 * @param repeats of each crop in an epoch
 * @param format of the crops
 */
public record Dataset(Cropping cropping, String caption, String name, int repeats, Format format) {
    /** The caption where none is given. */
    public static final String CAPTION = "gigapixel closeup of painting, {title}, by {artist}, {colours}, {texture}";

    private static final int MOST_REPEATS = 10_000;

    /** How crops are written. */
    public enum Format {
        PNG,
        JPG;

        String suffix() {
            return this == PNG ? ".png" : ".jpg";
        }
    }

    /** @throws PictureException when one of them makes no sense */
    public Dataset {
        new Caption(caption);
        if (name.isBlank() || name.length() > 60 || !name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]*"))
            throw new PictureException(
                    "name '%s': give up to 60 letters, digits, blanks, dots and dashes.".formatted(name));
        if (repeats < 1 || repeats > MOST_REPEATS)
            throw new PictureException("repeats %d: give 1 to %d.".formatted(repeats, MOST_REPEATS));
    }

    /** As trainers read it: how often, and what. */
    String folder() {
        return repeats + "_" + name.strip();
    }
}
