package giga.canvas.dezoom.format;

import java.util.List;

/** What a format makes of an address and what lies there. */
public sealed interface Answer {
    /** The picture in all its sizes. */
    record Levels(List<Level> levels) implements Answer {
        public Levels {
            levels = List.copyOf(levels);
        }
    }

    /** Something must be looked at first. */
    record More(String address, Reader reader) implements Answer {}

    /** What is made of that. */
    @FunctionalInterface
    interface Reader {
        /** @throws giga.canvas.PictureException when it is of this format but cannot be used */
        Answer read(String address, byte[] contents);
    }

    /** Another format may know. */
    record NotMine(String why) implements Answer {}
}
