package giga.canvas.input;

import java.util.List;

/** Which axis of an array counts rows, columns and samples; {@code channel} is -1 where there is no such axis. All others have one entry. */
record ZarrAxes(int row, int column, int channel) {
    private static final String ADVICE =
            "Write it with the axes y, x or y, x, c or c, y, x and 1 to 4 channels, or convert it to TIFF.";

    /** @param names of the axes; empty where the picture does not tell, and the sizes must */
    static ZarrAxes of(List<String> names, long[] shape) throws UnreadableException {
        if (shape.length < 2 || shape.length > 5)
            throw new UnreadableException("it has " + shape.length + " axes", ADVICE);
        ZarrAxes axes = names.size() == shape.length ? named(names) : guessed(shape);
        for (int i = 0; i < shape.length; i++) {
            boolean known = i == axes.row || i == axes.column || i == axes.channel;
            if (!known && shape[i] != 1)
                throw new UnreadableException(
                        "it holds " + shape[i] + " pictures along its axis " + (i + 1) + ", not one", ADVICE);
        }
        long channels = axes.channel < 0 ? 1 : shape[axes.channel];
        if (channels < 1 || channels > 4) throw new UnreadableException("it has " + channels + " channels", ADVICE);
        Limits.checkSides(shape[axes.column], shape[axes.row]);
        return axes;
    }

    private static ZarrAxes named(List<String> names) throws UnreadableException {
        int row = names.indexOf("y");
        int column = names.indexOf("x");
        if (row < 0 || column < 0)
            throw new UnreadableException(
                    "none of its axes (" + Words.brief(String.join(", ", names)) + ") are y and x", ADVICE);
        int channel = names.indexOf("c");
        return new ZarrAxes(row, column, channel < 0 ? names.indexOf("s") : channel);
    }

    private static ZarrAxes guessed(long[] shape) {
        int last = shape.length - 1;
        boolean samplesLast = shape.length > 2 && shape[last] <= 4 && (shape[last] != 1 || shape[last - 2] > 4);
        if (samplesLast) return new ZarrAxes(last - 2, last - 1, last);
        return new ZarrAxes(last - 1, last, shape.length > 2 ? last - 2 : -1);
    }
}
