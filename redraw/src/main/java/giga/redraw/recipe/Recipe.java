package giga.redraw.recipe;

import giga.redraw.JobException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From a wish to a picture, as a file that can be sent to a colleague: which steps are done, and with which settings. What
 * a setting means is the business of the step; here are names, values, and where they were written.
 *
 * @param title a few words; may be empty
 * @param about what it is for; may be empty
 * @param folder that relative paths in it start from; empty for where the program was started
 * @param passes what single passes of the redraw do otherwise; the first is for the first
 */
public record Recipe(
        String title,
        String about,
        Optional<Path> folder,
        Optional<Setting> input,
        Optional<Setting> output,
        Map<Section.Kind, Section> sections,
        List<Section> passes) {
    private static final String PASS = "pass";
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    public Recipe {
        sections = Map.copyOf(sections);
        passes = List.copyOf(passes);
    }

    public Optional<Section> section(Section.Kind kind) {
        return Optional.ofNullable(sections.get(kind));
    }

    /**
     * What a pass is asked to do: the redraw's settings, with its own.
     *
     * @param number from 1
     */
    public Section pass(int number) {
        Section usual = sections.get(Section.Kind.REDRAW);
        return number <= passes.size() ? usual.with(passes.get(number - 1).settings()) : usual;
    }

    /**
     * The same with one setting changed or added: {@code denoise=0.3} (of the redraw), {@code finish.grain=2},
     * {@code pass.2.prompt=...}, {@code input=...}.
     *
     * @throws JobException when that is no assignment, or there is no such step
     */
    public Recipe with(String assignment) {
        Setting.Place place = new Setting.Place("--set", 0);
        int equals = assignment.indexOf('=');
        if (equals < 1)
            throw place.refuse(
                    "'%s' sets nothing; give KEY=VALUE, for example --set denoise=0.3".formatted(assignment));
        String name = Toml.key(assignment.substring(0, equals).strip());
        List<String> value = List.of(assignment.substring(equals + 1).strip());
        if (name.equals(INPUT)) return put(Optional.of(new Setting(name, value, place)), output);
        if (name.equals(OUTPUT)) return put(input, Optional.of(new Setting(name, value, place)));
        List<String> parts = List.of(name.split("\\.", -1));
        Setting setting = new Setting(parts.getLast(), value, place);
        return switch (parts.size()) {
            case 1 -> put(Section.Kind.REDRAW, setting);
            case 2 -> put(kind(parts.getFirst(), place), setting);
            case 3 -> put(passNumber(parts, place), setting);
            default -> throw place.refuse("there is no setting '%s'".formatted(name));
        };
    }

    /** The same with one setting of the redraw changed or added. */
    public Recipe with(Setting setting) {
        return put(Section.Kind.REDRAW, setting);
    }

    /**
     * The same, where what one of two steps says of these settings holds for the other too, unless that says otherwise.
     *
     * @param keys of both steps
     */
    public Recipe sharing(Section.Kind one, Section.Kind other, Set<String> keys) {
        if (section(one).isEmpty() || section(other).isEmpty()) return this;
        Map<Section.Kind, Section> shared = new EnumMap<>(sections);
        shared.put(one, sections.get(one).completedBy(sections.get(other), keys));
        shared.put(other, sections.get(other).completedBy(sections.get(one), keys));
        return new Recipe(title, about, folder, input, output, shared, passes);
    }

    /** The same, with another picture to begin with or another place for the result. */
    private Recipe put(Optional<Setting> in, Optional<Setting> out) {
        return new Recipe(title, about, folder, in, out, sections, passes);
    }

    private Recipe put(Section.Kind kind, Setting setting) {
        Map<Section.Kind, Section> changed = new EnumMap<>(Section.Kind.class);
        changed.putAll(sections);
        changed.merge(
                kind, new Section(kind, setting.from(), List.of(setting)), (old, added) -> old.with(added.settings()));
        return new Recipe(title, about, folder, input, output, changed, passes);
    }

    private Recipe put(int pass, Setting setting) {
        List<Section> changed = new ArrayList<>(passes);
        while (changed.size() < pass) changed.add(new Section(Section.Kind.REDRAW, setting.from(), List.of()));
        changed.set(pass - 1, changed.get(pass - 1).with(List.of(setting)));
        return new Recipe(title, about, folder, input, output, sections, changed);
    }

    private static int passNumber(List<String> parts, Setting.Place place) {
        if (!parts.getFirst().equals(PASS) || !parts.get(1).matches("[1-9]|1[0-6]"))
            throw place.refuse(
                    "there is no setting '%s'; a pass' own is pass.1.denoise".formatted(String.join(".", parts)));
        return Integer.parseInt(parts.get(1));
    }

    static Section.Kind kind(String name, Setting.Place place) {
        for (Section.Kind kind : Section.Kind.values()) if (kind.toString().equals(name)) return kind;
        throw place.refuse("there is no step '%s'; a recipe has %s and [[pass]]".formatted(name, Toml.steps()));
    }
}
