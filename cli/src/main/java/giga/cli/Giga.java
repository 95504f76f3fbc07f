package giga.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code giga}. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "giga",
        description = "Makes a picture as sharp as a real painting at any size, by Stable Diffusion, tile by tile.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            RecipeCommand.class,
            RedrawCommand.class,
            GenerateCommand.class,
            UpscaleCommand.class,
            FinishCommand.class,
            SplitCommand.class,
            JoinCommand.class,
            DatasetCommand.class,
            PrintCommand.class,
            DezoomCommand.class,
            PlanCommand.class,
            ResumeCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            InfoCommand.class,
            PromptCommand.class,
            ModelsCommand.class,
            BenchCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga redraw picture.png -o large.png     twice as large, by the embedded model",
            "  giga plan picture.png --passes 3         what that would take",
            "  giga resume large.png.job                goes on after a stop or a crash",
            "",
            "'giga COMMAND --help' tells more."
        })
public final class Giga implements Runnable {
    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an error, for a bug report.")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec;

    private final CountDownLatch reported = new CountDownLatch(1);

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--warm-up")) {
            WarmUp.run();
            return;
        }
        CommandLine commandLine = commandLine();
        int code;
        try {
            code = commandLine.execute(args);
        } finally {
            reported(commandLine.getCommandSpec()).countDown();
        }
        System.exit(code);
    }

    /** Opens once whatever command ran has told how it ended. */
    static CountDownLatch reported(CommandSpec spec) {
        return ((Giga) spec.root().userObject()).reported;
    }

    static CommandLine commandLine() {
        Giga giga = new Giga();
        return Converters.register(new CommandLine(giga))
                // A prompt may begin with @.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new WrongUse())
                .setExecutionStrategy(giga::execute)
                .setExecutionExceptionHandler(
                        (exception, command, parsed) -> Failures.report(exception, command.getErr(), giga.debug));
    }

    /** Picocli's handler of failures does not see errors such as a lack of memory. */
    private int execute(CommandLine.ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (Error e) {
            return Failures.report(e, spec.commandLine().getErr(), debug);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
