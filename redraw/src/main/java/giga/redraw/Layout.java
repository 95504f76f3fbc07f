package giga.redraw;

import java.util.Locale;
import java.util.Optional;

/**
 * Where tiles lie. Whatever the layout, the networks see pixels at their own size, reads all have one size and move
 * inward at the canvas' rim, and cores partition the canvas.
 */
public enum Layout {
    /** As few tiles as the padding allows, spread evenly, borders in the middle of what neighbours share. */
    EVEN(Optional.empty(), Optional.empty(), Optional.empty()),
    /** Gigadiffusion's: a border every {@code tile} pixels from the upper left corner on, the last tile takes the rest. */
    GIGA(Optional.of(128), Optional.of(0), Optional.of(Request.Order.CHESS)),
    /** Ultimate SD Upscale's: the same borders, 32 pixels of padding to each side, tile after tile. */
    USDU(Optional.of(64), Optional.of(8), Optional.of(Request.Order.LINEAR));

    private final Optional<Integer> padding;
    private final Optional<Integer> blur;
    private final Optional<Request.Order> order;

    Layout(Optional<Integer> padding, Optional<Integer> blur, Optional<Request.Order> order) {
        this.order = order;
        this.padding = padding;
        this.blur = blur;
    }

    /** What a tile sees beyond its core where nobody says otherwise, both sides together; empty for the model's choice. */
    Optional<Integer> padding() {
        return padding;
    }

    /** The feather where nobody says otherwise; empty for the model's choice. */
    Optional<Integer> blur() {
        return blur;
    }

    /** The order of the tiles where nobody says otherwise. */
    Optional<Request.Order> order() {
        return order;
    }

    Axis axis(int length, Request.Tiling tiling) {
        return switch (this) {
            case EVEN -> Axis.even(length, tiling);
            case GIGA, USDU -> Axis.regular(length, tiling);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
