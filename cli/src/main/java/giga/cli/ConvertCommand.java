package giga.cli;

import giga.diffusion.StableDiffusion;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Conversion;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.ModelOptions;
import giga.diffusion.weights.Shelf;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "convert",
        description = {
            "Writes a model anew: as one .safetensors file, or as a diffusers folder where OUT does not end so.",
            "Weights keep their bytes unless --precision changes them; what no network reads is left out."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga models convert old.ckpt -o new.safetensors",
            "  giga models convert sdxl.safetensors -o sdxl-folder --precision fp16 \\",
            "      --vae sdxl.vae.safetensors"
        })
final class ConvertCommand implements Callable<Integer> {
    /** Who asks for one of these does not want a folder of that name. */
    private static final Pattern FORMATS_NOT_WRITTEN =
            Pattern.compile("\\.(ckpt|pt|pth|bin|gguf|onnx)$", Pattern.CASE_INSENSITIVE);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME|PATH", description = "The model.")
    private String model;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "OUT",
            description = "A new .safetensors file or folder.")
    private Path out;

    @Option(names = "--precision", paramLabel = "fp16|bf16|fp32", description = "Of all weights. Default: as they are.")
    private Optional<String> precision;

    @Option(
            names = "--vae",
            paramLabel = "NAME|PATH",
            description = "Autoencoder to put in the place of the model's own.")
    private Optional<String> vae;

    @Option(
            names = "--prediction",
            paramLabel = "auto|eps|v",
            description = "What the UNet's output means. Default: auto, told by the file or found out.")
    private String prediction = "auto";

    @Option(names = "--force", description = "Replaces what is there already.")
    private boolean force;

    @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    @Override
    public Integer call() {
        if (FORMATS_NOT_WRITTEN.matcher(out.toString()).find())
            throw wrongUse(
                    out + ": files of this kind are not written; give a name that ends in .safetensors, or a folder's");
        ModelLibrary library = Models.library(home);
        Optional<DType> format = precision.map(this::format);
        Path path = library.find(model);
        ModelOptions told = new ModelOptions(vae.map(name -> library.find(Shelf.VAE, name)), prediction());
        boolean folder = !out.toString().endsWith(".safetensors");
        try (Checkpoint checkpoint = Checkpoint.open(path, folder ? asked(path, told) : told)) {
            Conversion conversion = new Conversion(checkpoint, format);
            try (ConversionBar bar = new ConversionBar(conversion.bytes())) {
                conversion.write(out, force, bar);
            }
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.printf(Locale.ROOT, "%s: %.0f MB of weights%n", out, conversion.bytes() / 1e6);
            terminal.flush();
        }
        return 0;
    }

    /** A folder says what the UNet predicts; where the model does not, the UNet does. */
    private static ModelOptions asked(Path path, ModelOptions told) {
        try (Checkpoint checkpoint = Checkpoint.open(path, told)) {
            if (checkpoint.predictionTold()) return told;
        }
        try (StableDiffusion asked = StableDiffusion.load(path, Placement.onProcessor(Precision.F32), told)) {
            return new ModelOptions(told.vae(), Optional.of(asked.architecture().prediction()));
        }
    }

    private DType format(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "fp16", "f16" -> DType.F16;
            case "bf16" -> DType.BF16;
            case "fp32", "f32" -> DType.F32;
            default -> throw wrongUse("precision '" + name + "': choose one of fp16, bf16, fp32");
        };
    }

    private Optional<Prediction> prediction() {
        return switch (prediction) {
            case "auto" -> Optional.empty();
            case "eps" -> Optional.of(Prediction.EPS);
            case "v" -> Optional.of(Prediction.V);
            default -> throw wrongUse("prediction '" + prediction + "': choose one of auto, eps, v");
        };
    }

    private ParameterException wrongUse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
