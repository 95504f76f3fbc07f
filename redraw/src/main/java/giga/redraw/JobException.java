package giga.redraw;

/** A request, a plan or a job folder cannot be used; the message names it, what is wrong and what to do next. */
public class JobException extends RuntimeException {
    public JobException(String message) {
        super(message);
    }

    public JobException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A recipe is a file that anyone may have edited: a line may be missing. */
    static void given(String name, Object value) {
        check(value != null, "the recipe gives no %s: add it", name);
    }

    /** Throws with the formatted message unless {@code usable}. */
    static void check(boolean usable, String message, Object... arguments) {
        if (!usable) throw new JobException(message.formatted(arguments));
    }
}
