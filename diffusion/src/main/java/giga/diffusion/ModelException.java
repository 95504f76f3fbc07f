package giga.diffusion;

/** A model, prompt or setting cannot be used; the message names it, what is wrong and what to do next. */
public class ModelException extends RuntimeException {
    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
