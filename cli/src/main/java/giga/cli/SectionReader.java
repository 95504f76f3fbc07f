package giga.cli;

import giga.canvas.PictureException;
import giga.diffusion.ModelException;
import giga.redraw.JobException;
import giga.redraw.Spelling;
import giga.redraw.recipe.Section;
import giga.redraw.recipe.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads a recipe's section as the options of a command, so that a recipe can say all that a command line can, in the same
 * words. Complaints name the line and the setting.
 *
 * @param folder that relative paths in a file start from
 */
record SectionReader(Section section, Optional<Path> folder) {

    /** @param options an object with picocli's annotations, which is filled and returned */
    <T> T read(T options) {
        CommandLine command = commandLine(options);
        // Each alone first: when all are parsed together, nobody tells whose fault it is.
        for (Setting setting : section.settings()) parse(command, setting);
        List<String> all = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        for (Setting setting : section.settings()) {
            List<String> arguments = arguments(command.getCommandSpec(), setting);
            // Behind two dashes nothing is an option any more.
            (arguments.contains("--") ? nameless : all).addAll(arguments);
        }
        all.addAll(nameless);
        command.parseArgs(all.toArray(String[]::new));
        return options;
    }

    private static CommandLine commandLine(Object options) {
        CommandSpec spec = CommandSpec.create().addMixin("options", CommandSpec.forAnnotatedObject(options));
        return Converters.register(new CommandLine(spec)).setExpandAtFiles(false);
    }

    private void parse(CommandLine command, Setting setting) {
        try {
            command.parseArgs(arguments(command.getCommandSpec(), setting).toArray(String[]::new));
        } catch (ParameterException e) {
            throw refuse(setting, e.getMessage().replaceFirst("^Invalid value for .*? '[^']*'(?: \\([^)]*\\))?: ", ""));
        }
    }

    private JobException refuse(Setting setting, String why) {
        return setting.from().refuse("%s.%s: %s".formatted(section.kind(), setting.key(), why));
    }

    private List<String> arguments(CommandSpec spec, Setting setting) {
        ArgSpec option = option(spec, setting);
        List<String> values = setting.values().stream()
                .map(value -> located(option, value, setting))
                .toList();
        if (values.size() != 1 && !option.isMultiValue()) throw refuse(setting, "give one value, not a list");
        if (!(option instanceof OptionSpec named)) return List.of("--", values.getFirst());
        if (named.arity().max() == 0) return flag(named, setting);
        return values.stream().map(value -> named.longestName() + "=" + value).toList();
    }

    private List<String> flag(OptionSpec option, Setting setting) {
        return switch (setting.values().getFirst()) {
            case "true" -> List.of(option.longestName());
            case "false" -> List.of();
            default -> throw refuse(setting, "give true or false");
        };
    }

    private ArgSpec option(CommandSpec spec, Setting setting) {
        List<ArgSpec> all = Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
                .toList();
        return all.stream()
                .filter(option -> name(option).equals(setting.key()))
                .findFirst()
                .orElseThrow(() -> setting.from()
                        .refuse("there is no setting '%s' in [%s]%s; 'giga %s --help' shows all"
                                .formatted(
                                        setting.key(),
                                        section.kind(),
                                        Spelling.suggestion(
                                                setting.key(),
                                                all.stream()
                                                        .map(SectionReader::name)
                                                        .toList()),
                                        section.kind())));
    }

    /** What has no name on the command line goes by its label. */
    private static String name(ArgSpec option) {
        return option instanceof OptionSpec named
                ? named.longestName().substring(2)
                : option.paramLabel().toLowerCase(Locale.ROOT);
    }

    /** Paths in a file start from its folder; of what may be a name too, those that begin with a dot. */
    private String located(ArgSpec option, String value, Setting setting) {
        boolean path = Arrays.asList(option.auxiliaryTypes()).contains(Path.class);
        if (setting.from().line() == 0 || folder.isEmpty() || value.isBlank()) return value;
        if (!path && !value.startsWith("./") && !value.startsWith("../")) return value;
        return folder.get().resolve(value).normalize().toString();
    }

    /** What turns out to be wrong later begins with the name of what it is about: its line is told too. */
    <T> T located(Supplier<T> work) {
        try {
            return work.get();
        } catch (ParameterException | JobException | ModelException | PictureException e) {
            List<Setting> culprits = new ArrayList<>(section.settings());
            culprits.removeIf(setting -> !isAbout(e.getMessage(), setting.key()));
            if (culprits.isEmpty()) {
                if (e instanceof ParameterException) throw section.from().refuse(e.getMessage());
                throw e;
            }
            throw refuse(culprits.getFirst(), e.getMessage());
        }
    }

    private static boolean isAbout(String message, String key) {
        String words = message.toLowerCase(Locale.ROOT);
        return words.startsWith(key + " ") || words.startsWith(key.replace('-', ' ') + " ");
    }
}
