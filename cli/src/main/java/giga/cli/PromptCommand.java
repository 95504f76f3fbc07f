package giga.cli;

import giga.diffusion.Embeddings;
import giga.diffusion.Sampling;
import giga.diffusion.TextInputs;
import giga.diffusion.text.EmbeddingNames;
import giga.diffusion.text.Emphasis;
import giga.diffusion.text.Prompt;
import giga.diffusion.text.PromptOutline;
import giga.diffusion.text.Tokenizer;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.Shelf;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "prompt",
        description = "Shows what a prompt comes to: parts, steps, chunks, tokens, weights, networks. Draws nothing.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga prompt \"a (cat:1.2) in the style of [rembrandt:vermeer:0.5]\"",
            "  giga prompt \"moss AND stone :0.6 <lora:fur:0.35>\" --negative \"blurry\" \\",
            "      --sampler \"DPM++ SDE\"",
            "  giga prompt \"photo, easynegative\" --model sd15 --json"
        })
final class PromptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPT", description = "In A1111's grammar.")
    private String prompt;

    @Option(names = "--negative", paramLabel = "TEXT", description = "A negative prompt to show too.")
    private Optional<String> negative;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the whole schedule. [20]")
    private int steps = 20;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "Samplers that call the network twice a step count twice the steps. [Euler]")
    private String sampler = "Euler";

    @Option(
            names = "--model",
            paramLabel = "NAME|PATH",
            description = "Use this model's words and the textual inversions for it. Default: CLIP's words alone.")
    private Optional<String> model;

    @Option(
            names = "--emphasis",
            paramLabel = "MODE",
            description = "How weights act: Original, \"No norm\", Ignore or None. [Original]")
    private String emphasis = "Original";

    @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    @Option(names = "--json", description = "All of it as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        ModelLibrary library = Models.library(home);
        Embeddings embeddings = model.isEmpty() ? Embeddings.none() : Embeddings.of(library.list(Shelf.EMBEDDING));
        Tokenizer tokenizer = Tokenizer.clip();
        EmbeddingNames names = EmbeddingNames.none();
        if (model.isPresent()) {
            try (Checkpoint checkpoint = Checkpoint.open(library.find(model.get()))) {
                TextInputs inputs = TextInputs.of(checkpoint);
                tokenizer = inputs.encoders().getFirst().tokenizer();
                names = embeddings.of(inputs).getFirst();
            }
        }
        Emphasis mode = Emphasis.byName(emphasis);
        int total = Sampling.named(sampler, "Automatic", steps, 1, 7).promptSteps();
        Map<String, PromptOutline> outlines = new LinkedHashMap<>();
        outlines.put("prompt", PromptOutline.of(Prompt.parse(prompt), mode, total, tokenizer, names));
        if (negative.isPresent())
            outlines.put(
                    "negative", PromptOutline.of(Prompt.parseNegative(negative.get()), mode, total, tokenizer, names));
        PrintWriter out = spec.commandLine().getOut();
        if (json) out.println(json(outlines, embeddings));
        else {
            outlines.forEach((name, outline) ->
                    out.print(PromptText.of(name.equals("prompt") ? "Prompt" : "Negative prompt", outline)));
            for (String notice : embeddings.passedOver()) out.println("Note: " + notice);
        }
        out.flush();
        return 0;
    }

    private static String json(Map<String, PromptOutline> outlines, Embeddings embeddings) {
        Map<String, Object> fields = new LinkedHashMap<>(outlines);
        fields.put("embeddings", embeddings.used());
        fields.put("notes", embeddings.passedOver());
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(fields);
    }
}
