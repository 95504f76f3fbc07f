package giga.canvas.dataset;

import giga.canvas.Region;
import java.util.List;

/**
 * A place of a picture that could be cut out.
 *
 * @param picture its number
 * @param scale how many times it is to be reduced
 * @param colours of its quarters
 */
public record Candidate(int picture, Region region, int scale, Features features, List<Colour> colours) {
    /** Whether both show the same part of the same picture at the same scale. */
    boolean overlaps(Candidate other) {
        return picture == other.picture && scale == other.scale && region.intersects(other.region);
    }
}
