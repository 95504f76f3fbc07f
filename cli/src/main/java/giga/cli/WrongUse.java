package giga.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One sentence on what is wrong with the command line, with the nearest name where one was misspelt; exit code 2. */
final class WrongUse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + exception.getMessage() + suggestion(exception));
        err.println("See '" + name + " --help'.");
        return 2;
    }

    private static String suggestion(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)) return "";
        List<String> names = unmatched.getSuggestions();
        return names.isEmpty() ? "" : "; did you mean " + names.getFirst() + "?";
    }
}
