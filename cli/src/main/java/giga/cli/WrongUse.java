package giga.cli;

import giga.redraw.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One sentence on what is wrong with the command line, with the nearest name where one was misspelt; exit code 2. */
final class WrongUse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println("%s: %s; see '%s --help'".formatted(name, sentence(exception), name));
        if (Stream.of(args).anyMatch("--debug"::equals)) exception.printStackTrace(err);
        err.flush();
        return 2;
    }

    private static String sentence(ParameterException exception) {
        return switch (exception) {
            case UnmatchedArgumentException e -> unmatched(e, e.getUnmatched());
            // A misspelt option is the likelier reason that another is missing.
            case MissingParameterException e
            when !e.getCommandLine().getUnmatchedArguments().isEmpty() ->
                unmatched(e, e.getCommandLine().getUnmatchedArguments());
            case MissingParameterException e -> readable(e.getMessage()).replace("'", "");
            case OverwrittenOptionException e
            when e.getOverwritten() instanceof OptionSpec option -> option.longestName() + " is given twice";
            default -> readable(exception.getMessage());
        };
    }

    private static String unmatched(ParameterException exception, List<String> arguments) {
        CommandLine command = exception.getCommandLine();
        // An unknown option takes its value along as an argument of its own.
        String culprit =
                arguments.stream().filter(a -> a.startsWith("-")).findFirst().orElse(arguments.getFirst());
        // Options that follow a misspelt command are unknown only for that reason.
        String first = arguments.getFirst();
        if (!command.getSubcommands().isEmpty() && !first.startsWith("-"))
            return "there is no command " + first
                    + Spelling.suggestion(first, command.getSubcommands().keySet());
        if (culprit.startsWith("-"))
            return "there is no option " + culprit
                    + Spelling.suggestion(
                            culprit, command.getCommandSpec().optionsMap().keySet());
        return "'" + culprit + "' is one argument too many; put names and prompts with spaces in quotes";
    }

    private static String readable(String message) {
        String text = message.replaceAll("positional parameter at index \\S+ \\((.*?)\\)", "$1");
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
