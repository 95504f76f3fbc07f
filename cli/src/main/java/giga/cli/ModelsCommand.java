package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.ModelSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        description = "Lists models, and tells what a model file is.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  giga models list", "  giga models info sd15.safetensors"})
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "list",
            description = "Lists the models that --model knows by name.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
                    Optional<Path> home) {
        PrintWriter out = spec.commandLine().getOut();
        for (Path model : Models.library(home).list()) out.println(line(model));
        out.flush();
        return 0;
    }

    @Command(
            name = "info",
            description = "Tells a model's family, sizes and precision, and why it is not supported if so.",
            mixinStandardHelpOptions = true)
    int info(
            @Parameters(paramLabel = "NAME|PATH", description = "The model.") String model,
            @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
                    Optional<Path> home) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Describe.model(ModelSummary.of(Models.library(home).find(model))));
        out.flush();
        return 0;
    }

    private static String line(Path model) {
        try {
            ModelSummary summary = ModelSummary.of(model);
            return "%-32s %-40s %6.0f MB  %s".formatted(summary.name(), summary.kind(), summary.bytes() / 1e6, model);
        } catch (ModelException e) {
            return "%-32s cannot be read: %s".formatted(ModelLibrary.name(model), e.getMessage());
        }
    }
}
