package giga.cli;

import giga.redraw.forecast.Memory;
import giga.redraw.run.StagedWork;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** The frame of commands that make pictures: Ctrl-C stops between two parts, and a line of figures ends it. */
final class Making {
    /**
     * What was made.
     *
     * @param line what it is, for people
     * @param pixels all together
     * @param fields what it is, for programs
     */
    record Made(String line, long pixels, Map<String, Object> fields) {}

    private Making() {}

    /** @return the exit code */
    static int run(CommandSpec command, RunOutput output, Function<StagedWork, Made> making) {
        return run(command, output.terminal(command), making);
    }

    /** @param terminal closed in the end */
    static int run(CommandSpec command, Terminal terminal, Function<StagedWork, Made> making) {
        long began = System.nanoTime();
        try (terminal;
                GentleStop stop =
                        new GentleStop(terminal, "Stopping after the part at hand ...", Giga.reported(command))) {
            Made made = making.apply(new StagedWork(terminal, stop.stop()));
            terminal.close();
            report(terminal, made, (System.nanoTime() - began) / 1e9);
            return 0;
        }
    }

    private static void report(Terminal terminal, Made made, double seconds) {
        long peak = Memory.peakMebibytes();
        Map<String, Object> figures = new LinkedHashMap<>(made.fields());
        figures.put("seconds", seconds);
        figures.put("peak_mebibytes", peak);
        String rate = String.format(
                Locale.ROOT,
                " in %.1f s (%.3f Mpx/s), peak memory %d MiB",
                seconds,
                made.pixels() / 1e6 / seconds,
                peak);
        terminal.figures(made.line() + rate, figures);
    }
}
