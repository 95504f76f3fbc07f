package giga.redraw.recipe;

import giga.redraw.JobException;
import java.util.List;

/**
 * One line of a recipe: what a command's option of the same name would be given.
 *
 * @param key the option's long name, without dashes
 * @param values as they would stand on the command line; several only for an option that may be given several times
 * @param from where it was written
 */
public record Setting(String key, List<String> values, Place from) {
    public Setting {
        values = List.copyOf(values);
    }

    /**
     * @param source a file, a preset, or {@code --set}
     * @param line from 1; 0 where there are no lines
     */
    public record Place(String source, int line) {
        /** @param what is wrong, and what to do */
        public JobException refuse(String what) {
            return new JobException(this + ": " + what);
        }

        @Override
        public String toString() {
            return line == 0 ? source : source + ", line " + line;
        }
    }
}
