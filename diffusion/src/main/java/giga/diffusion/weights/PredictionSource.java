package giga.diffusion.weights;

/** How it is known what a model's UNet predicts. */
public enum PredictionSource {
    USER("told by an option"),
    CONFIGURATION("told by its configuration"),
    METADATA("told by its metadata"),
    MARKER("told by a marker tensor"),
    FAMILY("as its family has it, for nothing says otherwise"),
    /** SD 2 has both predictions and its files do not say which: the UNet must be asked. */
    UNKNOWN("found out when it is loaded");

    private final String title;

    PredictionSource(String title) {
        this.title = title;
    }

    /** As it may stand behind the prediction in a sentence. */
    public String title() {
        return title;
    }
}
