package giga.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a run tells what it does. */
final class RunOutput {
    @Option(names = "--json", description = "Report every step as a line of JSON on standard output.")
    private boolean json;

    Terminal terminal(CommandSpec spec) {
        return json
                ? new JsonTerminal(spec.commandLine().getOut())
                : new HumanTerminal(
                        spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
