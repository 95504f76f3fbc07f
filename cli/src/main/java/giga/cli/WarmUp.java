package giga.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Runs what every start runs, while the launcher records a cache of the loaded classes. */
final class WarmUp {
    private WarmUp() {}

    static void run() {
        for (String[] args : new String[][] {
            {"--version"}, {"--help"}, {"redraw", "--help"}, {"generate", "--help"}, {"plan", "--help"}
        }) {
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            Giga.commandLine().setOut(nowhere).setErr(nowhere).execute(args);
        }
    }
}
