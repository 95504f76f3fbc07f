package giga.redraw;

import giga.diffusion.StableDiffusion;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a canvas cut into tiles; a grid is two of them. All arithmetic is on integers, so that every machine makes
 * the same cut.
 *
 * @param length side of the canvas in pixels
 * @param slots from left to right (top to bottom): reads of one length inside [0, length), cores that partition it
 */
public record Axis(int length, List<Slot> slots) {
    /** The networks' latents have an eighth of the picture's size, so reads start on multiples of it where they can. */
    static final int LATENT = StableDiffusion.PIXELS_PER_LATENT;

    /** Pixels from {@code start} up to, but without, {@code end}. */
    public record Span(int start, int end) {
        public Span {
            if (start < 0 || end <= start) throw new IllegalArgumentException("span from " + start + " to " + end);
        }

        public int length() {
            return end - start;
        }

        boolean contains(Span other) {
            return start <= other.start && other.end <= end;
        }
    }

    /**
     * A tile's share of one axis.
     *
     * @param read what the networks see
     * @param core what the tile is responsible for
     * @param write how far its blend reaches: the core and the feather on both sides of an inner border
     */
    public record Slot(Span read, Span core, Span write) {
        public Slot {
            if (!read.contains(write) || !write.contains(core))
                throw new IllegalArgumentException("core " + core + ", write " + write + ", read " + read);
        }
    }

    public Axis {
        slots = List.copyOf(slots);
    }

    /**
     * Layout "even": reads of one length s = tile + padding (rounded up to a multiple of 64), spread evenly; borders in
     * the middle of each overlap. A side of at most s is one slot that reads all of it.
     */
    public static Axis even(int length, Request.Tiling tiling) {
        int side = tiling.readSide();
        if (length <= side) {
            Span all = new Span(0, length);
            return new Axis(length, List.of(new Slot(all, all, all)));
        }
        int[] reads = readStarts(length, side, Math.ceilDiv(length - tiling.padding(), tiling.tile()));
        int[] borders = new int[reads.length + 1];
        borders[reads.length] = length;
        for (int i = 1; i < reads.length; i++)
            borders[i] = Math.toIntExact(((long) reads[i - 1] + side + reads[i]) / 2);
        return cut(length, side, reads, borders, tiling.blur());
    }

    /**
     * A border every {@code tile} pixels from 0 on, the last core takes the rest; what is read beyond a core lies to both
     * sides alike. A side of at most a tile is one slot, one of at most s several that all read the whole of it.
     */
    public static Axis regular(int length, Request.Tiling tiling) {
        int tile = tiling.tile();
        int side = Math.min(tiling.readSide(), length);
        int[] reads = new int[Math.ceilDiv(length, tile)];
        int[] borders = new int[reads.length + 1];
        for (int i = 0; i < reads.length; i++) {
            borders[i] = i * tile;
            int start = Math.floorDiv(i * tile - (tiling.readSide() - tile) / 2, LATENT) * LATENT;
            reads[i] = Math.clamp(start, 0, length - side);
        }
        borders[reads.length] = length;
        return cut(length, side, reads, borders, tiling.blur());
    }

    public int count() {
        return slots.size();
    }

    /** Length of every read. */
    public int readLength() {
        return slots.getFirst().read().length();
    }

    /** Where one core ends and the next begins, without the canvas' rim. */
    public List<Integer> borders() {
        return slots.stream().skip(1).map(slot -> slot.core().start()).toList();
    }

    private static int[] readStarts(int length, int side, int count) {
        int[] reads = new int[count];
        for (int i = 0; i < count - 1; i++) {
            long step = Math.floorDiv(2L * i * (length - side) + LATENT * (count - 1L), 2L * LATENT * (count - 1L));
            // Rounding to the latent grid could open a gap of up to 3 pixels before the last read where the padding is
            // 0: no start lies so far left that the reads from there on cannot reach the rim. Padding of 8 or more
            // never needs this.
            long leftmost = Math.ceilDiv(length - (long) (count - i) * side, LATENT);
            reads[i] = Math.toIntExact(LATENT * Math.max(step, leftmost));
        }
        reads[count - 1] = length - side;
        return reads;
    }

    private static Axis cut(int length, int side, int[] reads, int[] borders, int blur) {
        int count = reads.length;
        int[] feather = new int[count + 1];
        for (int i = 1; i < count; i++) {
            int seen = Math.min(reads[i - 1] + side - borders[i], borders[i] - reads[i]);
            int narrowest = Math.min(borders[i] - borders[i - 1], borders[i + 1] - borders[i]);
            // Within half of each core, the ramps of two borders never mix: on one axis all weights add up to 1.
            feather[i] = Math.min(blur, Math.min(seen, narrowest / 2));
        }
        List<Slot> slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            slots.add(new Slot(
                    new Span(reads[i], reads[i] + side),
                    new Span(borders[i], borders[i + 1]),
                    new Span(borders[i] - feather[i], borders[i + 1] + feather[i + 1])));
        }
        return new Axis(length, slots);
    }
}
