package giga.cli;

import giga.canvas.PictureException;
import giga.diffusion.ModelException;
import giga.redraw.JobException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Turns an exception into one sentence and exit code 1. */
final class Failures {
    private Failures() {}

    static int report(Throwable failure, PrintWriter err, boolean debug) {
        err.println("giga: " + sentence(failure));
        if (debug) failure.printStackTrace(err);
        err.flush();
        return 1;
    }

    private static String sentence(Throwable failure) {
        return switch (failure) {
            case PictureException e -> e.getMessage();
            case ModelException e -> e.getMessage();
            case JobException e -> e.getMessage();
            case UncheckedIOException e -> sentence(e.getCause());
            case IOException e -> giga.canvas.store.Failures.reason(e) + " (" + e.getMessage() + ")";
            case OutOfMemoryError e ->
                "not enough memory (" + e.getMessage()
                        + "); give more heap, for example GIGA_HEAP=2g, or use a smaller --tile or --batch";
            case StackOverflowError _ ->
                "the input is nested too deeply; simplify the prompt or the model's files, or report it with the output of --debug";
            case LinkageError e ->
                "a library cannot be loaded (" + e.getMessage()
                        + "); giga runs on Linux x86-64, see Platforms in the README, or build it anew: mvn clean package";
            default ->
                "unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + "; this is a bug, please report it with the output of --debug";
        };
    }
}
