package giga.canvas.split;

import giga.canvas.PictureException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Into which pieces one side of a picture is cut, as ImageMagick's {@code -crop} understands a geometry without offsets. */
sealed interface Division {
    /** Every piece is {@code percent} of the side, rounded to whole pixels; the last has what is left. */
    record ByShare(double percent) implements Division {
        @Override
        public Spans spans(int side, int overlap) {
            int size = (int) Math.min(side, Math.floor(percent * side / 100 + 0.5));
            if (size < 1)
                throw new PictureException("pieces of %s%% of %d pixels have no pixel; give a larger share."
                        .formatted(
                                BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString(), side));
            Spans spans = Spans.ofSize(size, 0, side);
            if (overlap == 0 || spans.count() == 1) return spans;
            int last = side - spans.starts()[spans.count() - 1];
            // Its neighbour could not share as much with it as all others do.
            if (last <= Math.ceilDiv(overlap, 2))
                throw new PictureException(
                        "the last piece would have but %d of %d pixels, too few for an overlap of %d; give another share or less overlap."
                                .formatted(last, side, overlap));
            return spans.grown(checked(overlap, size), side);
        }
    }

    /** Every piece has {@code pixels}, the overlap included; the last has what is left. */
    record BySize(int pixels) implements Division {
        @Override
        public Spans spans(int side, int overlap) {
            return pixels >= side ? Spans.ofSize(side, 0, side) : Spans.ofSize(pixels, checked(overlap, pixels), side);
        }
    }

    /** {@code count} pieces as equal as can be. */
    record ByCount(int count) implements Division {
        @Override
        public Spans spans(int side, int overlap) {
            int shared = count == 1 ? 0 : overlap;
            if (count > side)
                throw new PictureException(
                        "%d pieces cannot be cut from %d pixels; give fewer.".formatted(count, side));
            checked(shared, Math.ceilDiv(side, count));
            return Spans.ofCount(count, shared, side);
        }
    }

    /** The whole side. */
    record Whole() implements Division {
        @Override
        public Spans spans(int side, int overlap) {
            return Spans.ofSize(side, 0, side);
        }
    }

    /** @throws PictureException when a side of so many pixels cannot be cut so */
    Spans spans(int side, int overlap);

    private static int checked(int overlap, int size) {
        if (overlap >= size)
            throw new PictureException("an overlap of %d pixels is not less than the pieces' side of %d; give less."
                    .formatted(overlap, size));
        return overlap;
    }

    /** Columns and rows. */
    record Pair(Division columns, Division rows) {
        private static final Pattern GEOMETRY =
                Pattern.compile("([0-9]{0,9}(?:\\.[0-9]{1,9})?)(%?)(?:(x)([0-9]{0,9}(?:\\.[0-9]{1,9})?)(%?))?(@?)");
        private static final String HELP =
                "give the pieces' size as 50%x50% or 2048x2048, or how many there shall be as 3x2@";

        /** @throws PictureException when that is no geometry */
        static Pair parse(String geometry) {
            Matcher parts = GEOMETRY.matcher(geometry.strip());
            if (!parts.matches()) throw refused(geometry, HELP);
            String width = parts.group(1);
            boolean two = parts.group(3) != null;
            String height = two ? parts.group(4) : "";
            boolean percent =
                    !parts.group(2).isEmpty() || two && !parts.group(5).isEmpty();
            boolean counted = !parts.group(6).isEmpty();
            if (width.isEmpty() && height.isEmpty() || counted && percent) throw refused(geometry, HELP);
            // 50x50% means both; of 50%x2048 nobody can tell.
            if (two && !parts.group(2).isEmpty() && parts.group(5).isEmpty() && !height.isEmpty())
                throw refused(geometry, "give both sides in percent, or both in pixels");
            if (counted && (width.isEmpty() || height.isEmpty()))
                throw refused(geometry, "give columns and rows, for example 3x2@");
            if (percent && !two) height = width;
            return new Pair(side(width, percent, counted, geometry), side(height, percent, counted, geometry));
        }

        private static Division side(String number, boolean percent, boolean counted, String geometry) {
            if (number.isEmpty()) return new Whole();
            if (!percent && number.contains("."))
                throw refused(geometry, "give whole pixels and whole numbers of pieces");
            double value = Double.parseDouble(number);
            if (value == 0) throw refused(geometry, "a side of nothing cannot be cut; " + HELP);
            if (percent) return new ByShare(value);
            return counted ? new ByCount((int) value) : new BySize((int) value);
        }

        private static PictureException refused(String geometry, String advice) {
            String shown = geometry.length() > 40 ? geometry.substring(0, 40) + "..." : geometry;
            return new PictureException("pieces '" + shown + "': " + advice + ".");
        }
    }
}
