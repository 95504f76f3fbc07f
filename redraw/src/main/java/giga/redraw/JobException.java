package giga.redraw;

/** A request, a plan or a job folder cannot be used; the message names it, what is wrong and what to do next. */
public class JobException extends RuntimeException {
    public JobException(String message) {
        super(message);
    }

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
