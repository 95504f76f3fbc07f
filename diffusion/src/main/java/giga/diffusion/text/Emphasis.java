package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What becomes of the weights in a prompt: A1111's emphasis modes. */
public enum Emphasis {
    /** Each token is multiplied by its weight, then the whole is scaled back to the mean it had. A1111's default. */
    ORIGINAL("Original"),
    /** Each token is multiplied by its weight. Better for SDXL. */
    NO_NORM("No norm"),
    /** The weights are read but not used. */
    IGNORE("Ignore"),
    /** Brackets and BREAK are plain text. */
    NONE("None");

    private final String label;

    Emphasis(String label) {
        this.label = label;
    }

    /** @throws ModelException when there is no mode of this name; case does not matter */
    public static Emphasis byName(String name) {
        for (Emphasis emphasis : values()) if (emphasis.label.equalsIgnoreCase(name.strip())) return emphasis;
        throw new ModelException("There is no emphasis \"%.40s\"; give %s"
                .formatted(name, Arrays.stream(values()).map(Emphasis::toString).collect(Collectors.joining(", "))));
    }

    /** A text's pieces with their weights; a BREAK is a piece of its own. */
    public List<WeightedText> pieces(String text) {
        return this == NONE ? List.of(new WeightedText(text, 1)) : AttentionParser.parse(text);
    }

    /**
     * What the encoder made of one chunk of a text.
     *
     * @param hidden [tokens, width] after the final norm where the encoder has one
     * @param weights [tokens]
     * @param count how many entries of the prompt's schedule have this text
     */
    public record Encoded(float[] hidden, float[] weights, int count) {
        public Encoded {
            if (weights.length == 0 || hidden.length % weights.length != 0)
                throw new IllegalArgumentException(hidden.length + " values for " + weights.length + " tokens");
        }
    }

    /** The encoder's output [tokens, width] for one text with the weights [tokens] applied. */
    public float[] apply(float[] hidden, float[] weights) {
        return apply(List.of(new Encoded(hidden, weights, 1))).getFirst();
    }

    /**
     * The encoder's outputs with the weights applied. The texts of a prompt's schedule are one batch in A1111, and {@link
     * #ORIGINAL} keeps the mean of the whole batch.
     */
    public List<float[]> apply(List<Encoded> texts) {
        if (this == IGNORE || this == NONE)
            return texts.stream().map(text -> text.hidden().clone()).toList();
        List<float[]> results = texts.stream().map(Emphasis::multiplied).toList();
        if (this == ORIGINAL) {
            double before = 0;
            double after = 0;
            for (int i = 0; i < texts.size(); i++) {
                before += texts.get(i).count() * sum(texts.get(i).hidden());
                after += texts.get(i).count() * sum(results.get(i));
            }
            for (float[] result : results) scale(result, before / after);
        }
        return results;
    }

    @Override
    public String toString() {
        return label;
    }

    private static float[] multiplied(Encoded text) {
        float[] result = text.hidden().clone();
        int width = result.length / text.weights().length;
        for (int i = 0; i < result.length; i++) result[i] *= text.weights()[i / width];
        return result;
    }

    private static void scale(float[] values, double factor) {
        // A mean of zero cannot be restored; scaling by infinity would only destroy the rest.
        if (!Double.isFinite(factor)) return;
        for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * factor);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) sum += value;
        return sum;
    }
}
