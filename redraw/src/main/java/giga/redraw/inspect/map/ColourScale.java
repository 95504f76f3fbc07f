package giga.redraw.inspect.map;

import java.util.List;
import java.util.stream.IntStream;

/** Colours for numbers from 0 to 1. */
record ColourScale(List<Colour> steps) {
    /** From what does not matter to what does. */
    static final ColourScale ALARM = of(0x3B6FB6, 0x3FA796, 0xF2D14B, 0xEE8434, 0xE3263D);

    /** From less over none to more. */
    static final ColourScale SIGNED = of(0x2F7BEA, 0x7FA8D8, 0x808080, 0xE0A070, 0xF0642F);

    static ColourScale of(int... rgb) {
        return new ColourScale(IntStream.of(rgb).mapToObj(Colour::of).toList());
    }

    /** Values beyond 0 and 1 have the colours there. */
    Colour at(double value) {
        double place = Math.clamp(value, 0, 1) * (steps.size() - 1);
        int below = Math.min((int) place, steps.size() - 2);
        return steps.get(below).towards(steps.get(below + 1), place - below);
    }
}
