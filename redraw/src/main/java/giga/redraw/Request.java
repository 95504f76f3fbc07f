package giga.redraw;

import static giga.redraw.JobException.check;
import static giga.redraw.JobException.given;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Everything that decides the bytes of a redraw; stands in the job as recipe.toml. Every part refuses values it cannot
 * use with a {@link JobException} that names the value and what to give instead.
 *
 * @param input the picture, as an absolute path
 * @param output where the result goes, as an absolute path; the suffix chooses the format
 * @param result what becomes of the last pass' canvas on its way there
 * @param passes the first first
 */
public record Request(String input, String output, Result result, List<PassSettings> passes) {
    private static final int MOST_PASSES = 16;

    public Request {
        given("input", input);
        given("output", output);
        given("result", result);
        given("passes", passes);
        passes = List.copyOf(passes);
        checkPasses(passes.size());
        for (PassSettings pass : passes) {
            pass.diffusion().checkPasses(passes.size());
            check(
                    pass.diffusion()
                            .noise()
                            .equals(passes.getFirst().diffusion().noise()),
                    "passes with seeds of their own: give one seed for all, each pass has other noise from it");
        }
    }

    /** A redraw whose passes are all the same. */
    public Request(String input, String output, Result result, int passes, PassSettings each) {
        this(input, output, result, repeated(passes, each));
    }

    private static List<PassSettings> repeated(int count, PassSettings each) {
        checkPasses(count);
        return Collections.nCopies(count, each);
    }

    static void checkPasses(int count) {
        check(count >= 1 && count <= MOST_PASSES, "passes %d: give 1 to %d", count, MOST_PASSES);
    }

    /** What the pass of a plan was asked to do. */
    public PassSettings of(Pass pass) {
        return passes.get(pass.number());
    }

    /** The noise of all passes. */
    public Diffusion.Noise noise() {
        return passes.getFirst().diffusion().noise();
    }

    /** The same in other passes. */
    public Request with(List<PassSettings> others) {
        return new Request(input, output, result, others);
    }

    /** The same with every pass changed. */
    public Request each(UnaryOperator<PassSettings> change) {
        return with(passes.stream().map(change).toList());
    }

    /** The same with another end. */
    public Request with(Result other) {
        return new Request(input, output, other, passes);
    }

    /** How many single pictures the UNet sees in all. */
    public long unetCalls(Plan plan) {
        return plan.passes().stream().mapToLong(this::unetCalls).sum();
    }

    /** How many single pictures the UNet sees in a pass. */
    public long unetCalls(Pass pass) {
        PassSettings settings = of(pass);
        long all = 0;
        for (Phase phase : pass.phases()) {
            int perTile = settings.unetCalls(phase.kind());
            int calls = settings.sampling(phase.kind()).resolved().denoiserCalls();
            all += pass.isJoined(phase)
                    ? Math.ceilDiv(pass.windows(calls) * perTile, calls)
                    : (long) phase.tiles().size() * perTile;
        }
        return all;
    }

    /** Whether all passes are drawn by one model. */
    public boolean hasOneModel() {
        return passes.stream().map(pass -> pass.diffusion().model()).distinct().count() == 1;
    }

    /** The most bytes of pixels that the job has on disk at one time, without the result's file. */
    public long peakDiskBytes(Plan plan) {
        return DiskUse.peak(plan, pass -> of(pass).denoiserCalls());
    }

    /**
     * @param tile side of a core in pixels, a multiple of 8
     * @param padding what a tile sees beyond its core, both sides together, a multiple of 8
     * @param blur feather: how many pixels the blend reaches to either side of a core's border; 0 is a hard edge
     * @param order of the tiles
     * @param toneLock radius in pixels above which the model may not change tone; 0 lets it change everything
     * @param batch tiles denoised together; decided once, before the first step
     * @param layout where tiles lie
     * @param join where the tiles become one picture
     */
    public record Tiling(
            int tile, int padding, int blur, Order order, int toneLock, int batch, Layout layout, Join join) {
        private static final int READ_MULTIPLE = 64;

        /** Tiles that are spread evenly and joined in the picture. */
        public Tiling(int tile, int padding, int blur, Order order, int toneLock, int batch) {
            this(tile, padding, blur, order, toneLock, batch, Layout.EVEN, Join.PIXELS);
        }

        public Tiling {
            given("layout", layout);
            given("order", order);
            given("join", join);
            check(
                    tile >= 64 && tile <= 8192 && tile % Axis.LATENT == 0,
                    "tile %d: give a multiple of 8 from 64 to 8192",
                    tile);
            check(
                    padding >= 0 && padding <= tile && padding % Axis.LATENT == 0,
                    "padding %d: give a multiple of 8 from 0 to the tile's %d",
                    padding,
                    tile);
            int widest = widestBlur(tile, padding);
            check(
                    blur >= 0 && blur <= widest,
                    "blur %d: give 0 to %d, half of what neighbouring tiles share; more padding allows more",
                    blur,
                    widest);
            check(toneLock >= 0 && toneLock <= 512, "tone lock %d: give 0 (off) to 512 pixels", toneLock);
            check(batch >= 1 && batch <= 256, "batch %d: give 1 to 256", batch);
        }

        public Tiling joining(Join join) {
            return new Tiling(tile, padding, blur, order, toneLock, batch, layout, join);
        }

        /** Side of the square that the networks see: tile + padding, rounded up to a multiple of 64. */
        public int readSide() {
            return readSide(tile, padding);
        }

        /** Half of what neighbouring tiles share: a blend cannot reach further. */
        public static int widestBlur(int tile, int padding) {
            return (readSide(tile, padding) - tile) / 2;
        }

        private static int readSide(int tile, int padding) {
            return Math.ceilDiv(tile + padding, READ_MULTIPLE) * READ_MULTIPLE;
        }
    }

    /**
     * The places where tiles met are drawn once more, with the border in the middle of what the networks see.
     *
     * @param denoise denoise strength of these tiles
     * @param padding what they see beyond {@code width}, both sides together
     * @param blur how far neighbours along a border blend into each other, and how far a band fades out to either side
     * @param width of what is drawn anew across a border, half of it to either side; even
     */
    public record Seams(Mode mode, double denoise, int padding, int blur, int width) {
        public static final Seams NONE = new Seams(Mode.NONE, 0, 0, 0, 0);

        /** Where seams are drawn. */
        public enum Mode {
            /** Nowhere. */
            NONE,
            /** In strips along every inner border. */
            BAND,
            /** In tiles shifted by half of one, strongest on the border: those on rows, then those on columns. */
            HALF,
            /** The same, and at last where borders cross. */
            HALF_CORNERS;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT).replace('_', '+');
            }
        }

        public Seams {
            given("seams", mode);
            if (mode != Mode.NONE) {
                check(denoise >= 0 && denoise <= 1, "seams-denoise %s: give 0 to 1", denoise);
                check(
                        padding >= 0 && padding <= 8192 && padding % Axis.LATENT == 0,
                        "seams-padding %d: give a multiple of 8 from 0 to 8192",
                        padding);
                check(
                        width >= 8 && width <= 8192 && width % 4 == 0,
                        "seams-width %d: give a multiple of 4 from 8 to 8192",
                        width);
            }
        }

        /** Side of what the networks see across a border: width + padding, rounded up to a multiple of 64. */
        int readSide() {
            return Tiling.readSide(width, padding);
        }

        /** How the tiles along a border are cut: as those of the draw, with the seams' own padding and blur. */
        Tiling along(Tiling draw) {
            return new Tiling(
                    draw.tile(),
                    padding,
                    blur,
                    draw.order(),
                    draw.toneLock(),
                    draw.batch(),
                    draw.layout(),
                    draw.join());
        }

        void checkWith(Tiling draw) {
            if (mode == Mode.NONE) return;
            check(
                    padding <= draw.tile(),
                    "seams-padding %d: give a multiple of 8 from 0 to the tile's %d",
                    padding,
                    draw.tile());
            int widest = widestBlur(mode, draw.tile(), padding, width);
            check(
                    blur >= 0 && blur <= widest,
                    "seams-blur %d: give 0 to %d; more width or padding of the seams allows more",
                    blur,
                    widest);
        }

        /** Tiles along a border cannot blend further than they see, and a band no further than to its own middle. */
        static int widestBlur(Mode mode, int tile, int padding, int width) {
            int along = Tiling.widestBlur(tile, padding);
            int across = mode == Mode.BAND ? Math.min(width / 2, Tiling.widestBlur(width, padding)) : along;
            return Math.min(along, across);
        }
    }

    public enum Order {
        /** Every second tile, then those between: two phases. */
        CHESS,
        /** From the upper left to the lower right; each tile sees what the tiles before it have become. */
        LINEAR,
        /** All at once. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
