package giga.redraw;

import static giga.redraw.JobException.given;

import giga.canvas.print.Print;

/**
 * A print that is made of a result besides.
 *
 * @param file where it goes, as an absolute path; the suffix chooses the format
 */
public record Sheet(String file, Print print) {
    public Sheet {
        given("print's file", file);
        given("print", print);
    }
}
