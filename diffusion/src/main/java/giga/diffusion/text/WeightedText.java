package giga.diffusion.text;

/**
 * A piece of a prompt and how strongly it counts (1 is normal).
 *
 * @param text as it goes to the tokenizer, without the signs of the grammar
 */
public record WeightedText(String text, double weight) {
    /** Ends the chunk. Brackets around it change its weight and so make it an ordinary word, as in A1111. */
    static final WeightedText BREAK = new WeightedText("BREAK", -1);

    public boolean isBreak() {
        return equals(BREAK);
    }
}
