package giga.redraw;

/** A request, a plan or a job folder cannot be used; the message names it, what is wrong and what to do next. */
public class JobException extends RuntimeException {
    public JobException(String message) {
        super(message);
    }

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws with the formatted message unless {@code usable}. */
    static void check(boolean usable, String message, Object... arguments) {
        if (!usable) throw new JobException(message.formatted(arguments));
    }
}
