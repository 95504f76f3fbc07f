package giga.redraw;

import static giga.redraw.JobException.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Turns a request into a plan. Exact arithmetic only, so that two machines make the same plan. */
public final class Planner {
    /** No picture format that is written holds a longer side without tricks, and sums of two sides stay within an int. */
    private static final int LONGEST_SIDE = 1_000_000;

    private static final long MOST_PIXELS = 100_000_000_000L;
    private static final int MOST_TILES = 1_000_000;

    private Planner() {}

    /**
     * The plan for a picture of the given size.
     *
     * @throws JobException when a canvas would become too large, or its tiles too many
     */
    public static Plan plan(Request request, int sourceWidth, int sourceHeight) {
        check(sourceWidth > 0 && sourceHeight > 0, "a picture of %dx%d pixels is empty", sourceWidth, sourceHeight);
        checkSize(request, 0, BigDecimal.valueOf(sourceWidth), BigDecimal.valueOf(sourceHeight));
        Result result = request.result();
        checkSize(request, 0, BigDecimal.valueOf(result.width()), BigDecimal.valueOf(result.height()));
        List<Pass> passes = new ArrayList<>();
        int width = sourceWidth;
        int height = sourceHeight;
        long tiles = 0;
        for (int number = 0; number < request.passes().size(); number++) {
            PassSettings settings = request.passes().get(number);
            BigDecimal scale = BigDecimal.valueOf(settings.scale());
            BigDecimal wider = enlarge(width, scale);
            BigDecimal higher = enlarge(height, scale);
            checkSize(request, number + 1, wider, higher);
            width = wider.intValueExact();
            height = higher.intValueExact();
            Pass pass = pass(request, number, width, height, MOST_TILES - tiles);
            tiles += pass.tileCount();
            passes.add(pass);
        }
        return new Plan(sourceWidth, sourceHeight, passes);
    }

    private static Pass pass(Request request, int number, int width, int height, long mostTiles) {
        PassSettings settings = request.passes().get(number);
        Request.Tiling tiling = settings.tiling();
        Grid grid = Grid.of(width, height, tiling);
        SeamPhases seams = SeamPhases.of(grid, tiling, settings.seams());
        long tiles = seams.tileCount() + (settings.redraw() ? grid.tileCount() : 0);
        check(
                tiles <= mostTiles,
                "%s: pass %d of %dx%d pixels brings the plan to %d tiles, more than %d: use a larger tile or fewer passes",
                request.input(),
                number + 1,
                width,
                height,
                MOST_TILES - mostTiles + tiles,
                MOST_TILES);
        List<Phase> phases = new ArrayList<>();
        if (settings.redraw()) phases.addAll(grid.phases(order(tiling)));
        phases.addAll(seams.phases());
        check(
                !phases.isEmpty(),
                "%s: pass %d of %dx%d pixels is a single tile, and without redraw there are no seams to draw: use a smaller tile or redraw on",
                request.input(),
                number + 1,
                width,
                height);
        return new Pass(number, width, height, tiling, phases);
    }

    /** Windows that went through the sampler together have nothing left to wait for. */
    private static Request.Order order(Request.Tiling tiling) {
        return tiling.join() == Join.PIXELS ? tiling.order() : Request.Order.NONE;
    }

    /** A side after one pass of this scale. */
    public static int enlarged(int side, double scale) {
        return enlarge(side, BigDecimal.valueOf(scale)).intValueExact();
    }

    private static BigDecimal enlarge(int side, BigDecimal scale) {
        return BigDecimal.valueOf(side).multiply(scale).setScale(0, RoundingMode.HALF_UP);
    }

    private static void checkSize(Request request, int pass, BigDecimal width, BigDecimal height) {
        boolean usable = width.max(height).compareTo(BigDecimal.valueOf(LONGEST_SIDE)) <= 0
                && width.multiply(height).compareTo(BigDecimal.valueOf(MOST_PIXELS)) <= 0;
        check(
                usable,
                "%s: %s would have %sx%s pixels, more than %d a side or %d in all: use a smaller scale or fewer passes",
                request.input(),
                pass == 0 ? "the picture" : "pass " + pass,
                width,
                height,
                LONGEST_SIDE,
                MOST_PIXELS);
    }
}
