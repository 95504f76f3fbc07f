package giga.diffusion.noise;

/** Standard normals in a fixed order, starting from a seed. */
interface NormalGenerator {
    /** As many new values. How the values are cut into calls changes them. */
    float[] next(int count);
}
