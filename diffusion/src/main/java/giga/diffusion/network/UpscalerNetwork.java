package giga.diffusion.network;

import giga.diffusion.tensor.Tensor;

/** A network that makes pictures larger. */
public interface UpscalerNetwork {
    /** A rectangle of a picture, in pixels. */
    record Part(long x, long y, long width, long height) {
        public static Part all(Tensor picture) {
            return new Part(0, 0, picture.size(3), picture.size(2));
        }

        /** This part of a tensor that has {@code scale} pixels a side for each of the picture's. */
        public Tensor of(Tensor large, long scale) {
            return large.narrow(2, y * scale, height * scale).narrow(3, x * scale, width * scale);
        }
    }

    /**
     * [1, 3, h, w] in f32, red, green, blue from 0 to 1, to a part of [1, 3, h·scale, w·scale]; values may lie a little
     * beyond.
     *
     * @param part of x, whose enlargement is wanted: the rest is only seen
     */
    Tensor forward(Tensor x, Part part);
}
