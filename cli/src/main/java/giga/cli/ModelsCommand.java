package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.lora.LoraSummary;
import giga.diffusion.upscale.Upscaler;
import giga.diffusion.weights.Embedding;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.ModelSummary;
import giga.diffusion.weights.Shelf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        description = "Lists models, tells what a model file is, and writes models anew.",
        subcommands = ConvertCommand.class,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga models list",
            "  giga models info sd15.safetensors",
            "  giga models convert old.ckpt -o new.safetensors"
        })
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "list",
            description = "Lists what is known by name: checkpoints, LoRA, VAE, embeddings, upscalers.",
            mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
                    Optional<Path> home) {
        PrintWriter out = spec.commandLine().getOut();
        ModelLibrary library = Models.library(home);
        for (Path model : library.list()) out.println(line(model));
        for (Shelf shelf : Shelf.values())
            if (shelf != Shelf.CHECKPOINT) for (Path file : library.list(shelf)) out.println(line(shelf, file));
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
        Path file = anywhere(Models.library(home), model);
        if (Upscaler.files(file).size() > 1) {
            out.println(Describe.upscaler(file));
            out.flush();
            return 0;
        }
        ModelSummary summary = ModelSummary.of(file);
        if (summary.isUpscaler()) out.println(Describe.upscaler(file));
        else if (summary.isLora()) out.println(Describe.lora(LoraSummary.of(file)));
        else if (summary.isEmbedding()) out.println(Describe.embedding(summary, Embedding.open(file)));
        else out.println(Describe.model(summary));
        out.flush();
        return 0;
    }

    private static Path anywhere(ModelLibrary library, String name) {
        for (Shelf shelf : Shelf.values()) {
            try {
                return library.find(shelf, name);
            } catch (ModelException e) {
                // Another shelf may have it.
            }
        }
        return library.find(name);
    }

    /** Of hundreds of files that lie beside checkpoints none is opened for a list. */
    private static String line(Shelf shelf, Path file) {
        try {
            return row(ModelLibrary.name(file), shelf.title(), Files.size(file), file);
        } catch (IOException e) {
            return "%-32s cannot be read: %s".formatted(ModelLibrary.name(file), e.getMessage());
        }
    }

    private static String row(String name, String kind, long bytes, Path path) {
        return String.format(Locale.ROOT, "%-32s %-40s %9s  %s", name, kind, Describe.size(bytes), path);
    }

    private static String line(Path model) {
        try {
            ModelSummary summary = ModelSummary.of(model);
            return row(summary.name(), summary.kind(), summary.bytes(), model);
        } catch (ModelException e) {
            return "%-32s cannot be read: %s".formatted(ModelLibrary.name(model), e.getMessage());
        }
    }
}
