package giga.canvas.finish;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A layer over the picture.
 *
 * @param source paper, canvas or linen, which are made here, else a picture's file; empty for none
 * @param opacity 0 to 1
 * @param scale how many times as large as it is
 * @param tone what is done to the layer before it is mixed in
 */
public record Texture(String source, double opacity, Blend blend, Fit fit, double scale, Tone tone) {
    public static final Texture NONE = new Texture("", 0.55, Blend.MULTIPLY, Fit.TILE, 1, Tone.NEUTRAL);

    private static final int LEAST_SIDE = 8;
    private static final int LARGEST_SIDE = 300_000;
    private static final double LARGEST_SCALE = 64;

    /** Kept in memory at three bytes each; larger ones are read where they are needed. */
    private static final long PIXELS_IN_MEMORY = 1 << 23;

    /** How a layer covers the picture. */
    public enum Fit {
        /** Again and again from the upper left corner, without a seam. */
        TILE,
        /** Once, stretched to the picture's size. */
        STRETCH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Texture {
        if (!(opacity >= 0 && opacity <= 1)) throw new PictureException("opacity " + opacity + ": give 0 to 1");
        if (!(scale >= 1 / LARGEST_SCALE && scale <= LARGEST_SCALE))
            throw new PictureException("texture-scale " + scale + ": give 1/64 to 64");
        if (fit == Fit.STRETCH && scale != 1)
            throw new PictureException("texture-scale " + scale
                    + " is for a texture that is tiled, and this one is stretched; leave it out");
    }

    /** The picture that it is, unless it is made here or there is none. @throws PictureException when that cannot be a path */
    public Optional<Path> file() {
        if (source.isEmpty() || MadeTexture.named(source).isPresent()) return Optional.empty();
        try {
            return Optional.of(Path.of(source));
        } catch (InvalidPathException e) {
            throw new PictureException("texture " + source + ": this cannot be a path: " + e.getReason(), e);
        }
    }

    /** The same, found also from elsewhere. */
    public Texture absolute() {
        return file().map(path ->
                        new Texture(path.toAbsolutePath().normalize().toString(), opacity, blend, fit, scale, tone))
                .orElse(this);
    }

    boolean isVisible() {
        return !source.isEmpty() && opacity > 0;
    }

    /**
     * The layer for a picture.
     *
     * @param files gives the picture of a file, to be read by regions
     */
    Surface over(Picture picture, Function<Path, Picture> files) {
        Optional<MadeTexture> made = MadeTexture.named(source);
        Picture layer = made.isPresent() ? made.get().pixels() : kept(file(files));
        if (fit == Fit.STRETCH)
            return new StretchedSurface(Resample.resized(layer, picture.width(), picture.height(), Filter.LANCZOS));
        return new RepeatedSurface(scaled(made.isPresent() ? layer : kept(SeamlessPicture.of(layer))));
    }

    private static Picture kept(Picture picture) {
        return picture.bounds().area() <= PIXELS_IN_MEMORY ? picture.read(picture.bounds()) : picture;
    }

    /** Resampled with copies of itself all around, so that it still goes on from one edge at the other. */
    private Picture scaled(Picture period) {
        if (scale == 1) return period;
        int width = period.width();
        int height = period.height();
        long newWidth = Math.round(width * scale);
        long newHeight = Math.round(height * scale);
        if (Math.min(newWidth, newHeight) < LEAST_SIDE || Math.max(newWidth, newHeight) > LARGEST_SIDE)
            throw new PictureException(
                    "texture-scale %s makes a texture of %dx%d pixels of this one; it can have 8 to %d a side"
                            .formatted(scale, newWidth, newHeight, LARGEST_SIDE));
        Region all = new Region(-width, -height, 3 * width, 3 * height);
        Region middle = new Region((int) newWidth, (int) newHeight, (int) newWidth, (int) newHeight);
        Picture resized = Resample.resized(
                new View(new RepeatedSurface(period), all), 3 * middle.width(), 3 * middle.height(), Filter.LANCZOS);
        return kept(new View(resized::read, middle));
    }

    private Picture file(Function<Path, Picture> files) {
        Path path = file().orElseThrow();
        if (!Files.exists(path))
            throw new PictureException(
                    "texture " + source + ": there is no such file; name one, or paper, canvas or linen");
        Picture picture = files.apply(path);
        if (Math.min(picture.width(), picture.height()) < LEAST_SIDE)
            throw new PictureException("texture %s: %dx%d pixels are too few; give one of 8x8 pixels or more"
                    .formatted(source, picture.width(), picture.height()));
        return picture;
    }
}
