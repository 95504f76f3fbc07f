package giga.cli;

import giga.redraw.run.Progress;
import java.util.Map;

/** Where a run reports to: a person or a program. */
sealed interface Terminal extends Progress, AutoCloseable permits HumanTerminal, JsonTerminal {
    /** A remark that only a watching person needs. */
    void say(String remark);

    /** The figures at the end: one line for people, all of them for programs. */
    void figures(String line, Map<String, Object> all);

    @Override
    void close();
}
