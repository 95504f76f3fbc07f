package giga.diffusion.text;

/** How the weights of a chunk act on the text encoder's output: A1111's emphasis modes. */
public enum Emphasis {
    /** Each token is multiplied by its weight, then the whole is scaled back to the mean it had. A1111's default. */
    ORIGINAL,
    /** Each token is multiplied by its weight. Better for SDXL. */
    NO_NORM,
    /** The weights are read but not used. */
    IGNORE;

    /**
     * The encoder's output with the weights applied.
     *
     * @param hidden [tokens, width] after the final norm; unchanged
     * @param weights [tokens]
     */
    public float[] apply(float[] hidden, float[] weights) {
        if (weights.length == 0 || hidden.length % weights.length != 0)
            throw new IllegalArgumentException(hidden.length + " values for " + weights.length + " tokens");
        float[] result = hidden.clone();
        if (this == IGNORE) return result;
        int width = hidden.length / weights.length;
        for (int i = 0; i < result.length; i++) result[i] *= weights[i / width];
        if (this == ORIGINAL) scale(result, mean(hidden) / mean(result));
        return result;
    }

    private static void scale(float[] values, double factor) {
        // A mean of zero cannot be restored; scaling by infinity would only destroy the rest.
        if (!Double.isFinite(factor)) return;
        for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * factor);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) sum += value;
        return sum / values.length;
    }
}
