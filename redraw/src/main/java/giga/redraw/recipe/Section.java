package giga.redraw.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The settings of one step.
 *
 * @param from where it begins
 * @param settings in the order of writing, each key once
 */
public record Section(Kind kind, Setting.Place from, List<Setting> settings) {
    /** What a step does, in the order in which steps are done; each takes the settings of the command of its name. */
    public enum Kind {
        /** A picture is made from a prompt, where none is given. */
        GENERATE,
        /** It is enlarged and redrawn. */
        REDRAW,
        /** Sharpening, grain, texture, tone. */
        FINISH,
        /** A sheet for a printer. */
        PRINT,
        /** Pieces. */
        SPLIT;

        /** As it stands in brackets. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Section {
        settings = List.copyOf(settings);
    }

    /** The same, with those of these settings of another step that are open here. */
    Section completedBy(Section other, Set<String> keys) {
        List<Setting> all = new ArrayList<>(settings);
        for (Setting setting : other.settings)
            if (keys.contains(setting.key())
                    && settings.stream().noneMatch(own -> own.key().equals(setting.key()))) all.add(setting);
        return new Section(kind, from, all);
    }

    /** The same with others added; of two with one key the later one counts. */
    public Section with(List<Setting> others) {
        Map<String, Setting> all = new LinkedHashMap<>();
        settings.forEach(setting -> all.put(setting.key(), setting));
        others.forEach(setting -> all.put(setting.key(), setting));
        return new Section(kind, from, new ArrayList<>(all.values()));
    }
}
