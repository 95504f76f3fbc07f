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
            case UncheckedIOException e -> e.getCause().getMessage();
            case IOException e -> e.getMessage();
            default ->
                "unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + "; this is a bug, please report it with the output of --debug";
        };
    }
}
