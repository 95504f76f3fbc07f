package giga.canvas.dezoom.format;

/** A way of laying out pictures in tiles. */
public interface Format extends Answer.Reader {
    /** As people call it. */
    String title();

    /** What the address alone tells. */
    default Answer offered(String address) {
        return new Answer.More(address, this);
    }
}
