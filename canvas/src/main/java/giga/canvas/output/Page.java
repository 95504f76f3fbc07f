package giga.canvas.output;

import java.util.List;

/**
 * A page of a printed document, in points of 1/72 inch from its upper left corner.
 *
 * @param width of the sheet
 * @param height of the sheet
 * @param trim where it is cut
 * @param bleed how far the picture goes beyond that, so that a cut beside the line shows no paper
 * @param picture where the picture lies
 * @param marks lines that show where to cut, in all inks
 */
public record Page(double width, double height, Box trim, Box bleed, Box picture, List<Line> marks) {
    /** A rectangle. */
    public record Box(double x, double y, double width, double height) {}

    /** A straight line of hair's breadth. */
    public record Line(double x1, double y1, double x2, double y2) {}

    public Page {
        marks = List.copyOf(marks);
    }
}
