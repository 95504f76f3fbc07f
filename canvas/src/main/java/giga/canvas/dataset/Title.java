package giga.canvas.dataset;

/** What a picture is and whose; empty where nobody said. */
public record Title(String title, String artist) {
    public Title {
        title = oneLine(title);
        artist = oneLine(artist);
    }

    /** Trainers read the first line of a caption alone. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
