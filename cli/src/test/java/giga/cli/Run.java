package giga.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a call of the command came to. */
record Run(int code, String out, String err) {
    /** Several tiles in a second: enough for everything but beauty. */
    static final List<String> QUICK = List.of("--steps", "2", "--denoise", "0.3", "--tile", "64", "--padding", "32");

    static Run giga(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Giga.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words(arguments).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    /** The same in a JVM of its own, for what ends a process. */
    static Process start(Path errors, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dgiga.root=" + System.getProperty("giga.root"),
                "-cp",
                System.getProperty("java.class.path"),
                "giga.cli.Giga"));
        command.addAll(words(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectError(errors.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(Object... arguments) {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof List<?> list) list.forEach(word -> words.add(word.toString()));
            else words.add(argument.toString());
        }
        return words;
    }
}
