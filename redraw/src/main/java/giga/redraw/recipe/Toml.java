package giga.redraw.recipe;

import giga.redraw.JobException;
import giga.redraw.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A recipe's text. Every complaint names its line. */
final class Toml {
    private static final int VERSION = 1;
    private static final int LONGEST = 1 << 20;
    private static final int MOST_PASSES = 16;
    private static final Set<String> TEXTS = Set.of("title", "about", "input", "output");

    private final String source;
    private final TomlParseResult toml;

    private Toml(String source, TomlParseResult toml) {
        this.source = source;
        this.toml = toml;
    }

    /**
     * @param source what to call the text, for example its file
     * @param folder that relative paths start from
     * @throws JobException when the text is no recipe
     */
    static Recipe read(String text, String source, Optional<Path> folder) {
        if (text.length() > LONGEST)
            throw new JobException(source + " is too large for a recipe; give a TOML file of a few lines");
        Toml toml = new Toml(source, parsed(text, source));
        toml.checkNames();
        return new Recipe(
                toml.text("title"),
                toml.text("about"),
                folder,
                toml.setting("input"),
                toml.setting("output"),
                toml.sections(),
                toml.passes());
    }

    private static TomlParseResult parsed(String text, String source) {
        try {
            TomlParseResult toml = org.tomlj.Toml.parse(text);
            if (!toml.hasErrors()) return toml;
            TomlParseError first = toml.errors().getFirst();
            throw new Setting.Place(source, first.position().line())
                    .refuse("this is not TOML: %s".formatted(first.getMessage()));
        } catch (StackOverflowError e) {
            throw new JobException(source + " is nested too deeply for a recipe; take brackets out of each other", e);
        } catch (RuntimeException e) {
            if (e instanceof JobException told) throw told;
            // The library fails on some texts instead of reporting an error.
            throw new JobException(source + " is not TOML: " + e.getMessage() + "; correct it", e);
        }
    }

    private void checkNames() {
        List<String> known = Stream.concat(
                        Stream.concat(TEXTS.stream(), Stream.of("giga", "pass")),
                        Arrays.stream(Section.Kind.values()).map(Section.Kind::toString))
                .toList();
        for (String name : toml.keySet()) {
            if (!known.contains(name))
                throw place(toml, name)
                        .refuse("there is no '%s' in a recipe%s; settings stand in %s or [[pass]]"
                                .formatted(name, Spelling.suggestion(name, known), steps()));
        }
        Object version = toml.get(List.of("giga"));
        if (version != null && !version.equals((long) VERSION))
            throw place(toml, "giga")
                    .refuse("this is a recipe of version %s, and this giga reads version %d; take a newer one"
                            .formatted(version, VERSION));
    }

    private String text(String name) {
        return setting(name).map(setting -> setting.values().getFirst()).orElse("");
    }

    private Optional<Setting> setting(String name) {
        Object value = toml.get(List.of(name));
        if (value == null) return Optional.empty();
        if (!(value instanceof String text)) throw place(toml, name).refuse(name + " must be a text in quotes");
        return Optional.of(new Setting(name, List.of(text), place(toml, name)));
    }

    private Map<Section.Kind, Section> sections() {
        Map<Section.Kind, Section> sections = new EnumMap<>(Section.Kind.class);
        for (Section.Kind kind : Section.Kind.values()) {
            Object value = toml.get(List.of(kind.toString()));
            if (value == null) continue;
            if (!(value instanceof TomlTable table))
                throw place(toml, kind.toString()).refuse("write it as [" + kind + "], with settings below");
            sections.put(kind, section(kind, table, place(toml, kind.toString())));
        }
        return sections;
    }

    private List<Section> passes() {
        Object value = toml.get(List.of("pass"));
        if (value == null) return List.of();
        if (!(value instanceof TomlArray tables) || !tables.toList().stream().allMatch(TomlTable.class::isInstance))
            throw place(toml, "pass").refuse("write it as [[pass]], once for each pass, with settings below");
        if (tables.size() > MOST_PASSES)
            throw place(toml, "pass").refuse("%d passes; give %d at most".formatted(tables.size(), MOST_PASSES));
        if (!toml.keySet().contains(Section.Kind.REDRAW.toString()))
            throw place(toml, "pass").refuse("passes belong to a redraw; write [redraw] before them");
        List<Section> passes = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++)
            passes.add(section(Section.Kind.REDRAW, tables.getTable(i), place(tables.inputPositionOf(i))));
        return passes;
    }

    private Section section(Section.Kind kind, TomlTable table, Setting.Place from) {
        List<Setting> settings = new ArrayList<>();
        for (String name : table.keySet()) {
            Setting.Place place = place(table, name);
            Setting setting = new Setting(key(name), values(name, table.get(List.of(name)), place), place);
            if (settings.stream().anyMatch(other -> other.key().equals(setting.key())))
                throw place.refuse(name + " is given twice; leave out one of them");
            settings.add(setting);
        }
        return new Section(kind, from, settings);
    }

    private static List<String> values(String name, Object value, Setting.Place place) {
        if (value instanceof TomlArray array)
            return array.toList().stream().map(item -> value(name, item, place)).toList();
        return List.of(value(name, value, place));
    }

    private static String value(String name, Object value, Setting.Place place) {
        return switch (value) {
            case String text -> text;
            case Long number -> number.toString();
            case Double number -> number.toString();
            case Boolean yes -> yes.toString();
            default ->
                throw place.refuse(
                        "%s must be a text in quotes, a number, true, false or a list of these".formatted(name));
        };
    }

    private Setting.Place place(TomlTable table, String name) {
        return place(table.inputPositionOf(List.of(name)));
    }

    private Setting.Place place(TomlPosition position) {
        return new Setting.Place(source, position == null ? 0 : position.line());
    }

    /** Both ways of joining words are common. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String steps() {
        return Arrays.stream(Section.Kind.values())
                .map(kind -> "[" + kind + "]")
                .collect(Collectors.joining(", "));
    }
}
