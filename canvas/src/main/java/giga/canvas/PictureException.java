package giga.canvas;

/** A picture, or the place it should go to, cannot be used; the message names it, what is wrong and what to do next. */
public class PictureException extends RuntimeException {
    public PictureException(String message) {
        super(message);
    }

    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
