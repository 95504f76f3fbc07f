package giga.cli;

import giga.diffusion.tensor.Placement;
import giga.diffusion.weights.Shelf;
import giga.redraw.Diffusion;
import giga.redraw.forecast.Calibration;
import giga.redraw.forecast.LoraCost;
import giga.redraw.forecast.Memory;
import giga.redraw.forecast.UpscalerCost;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures what one tile costs on this machine: encoding, one UNet call with guidance, decoding.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  giga bench --model sd15.safetensors --size 512 --precision bf16",
            "  giga bench --model sd15.safetensors --lora detail",
            "  giga bench --upscaler realesr-general-x4v3 --size 512 --precision f32"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "NAME|PATH", description = "Default: the embedded giga-mini.")
    private String model = "giga-mini";

    @Option(names = "--size", paramLabel = "PX", description = "Side of the tile. Default: 512.")
    private int size = 512;

    @Option(names = "--device", paramLabel = "auto|cpu|cuda[:N]", description = "Default: auto.")
    private String device = "auto";

    @Option(names = "--precision", paramLabel = "auto|f32|bf16|fp16", description = "Default: auto.")
    private String precision = "auto";

    @Option(names = "--lora", paramLabel = "NAME|PATH", description = "Measures what this LoRA costs instead.")
    private Optional<String> lora;

    @Option(names = "--upscaler", paramLabel = "NAME|PATH", description = "Measures this upscaler instead.")
    private Optional<String> upscaler;

    @Option(names = "--rounds", paramLabel = "N", description = "Measurements; the median is told. Default: 3.")
    private int rounds = 3;

    @Option(names = "--home", paramLabel = "DIR", description = "Default: GIGA_HOME or ~/.giga.")
    private Optional<Path> home;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println(upscaler.isPresent() ? upscaler() : model());
        out.flush();
        return 0;
    }

    private String model() {
        Path checkpoint = Models.library(home).find(model);
        Placement placement = Placement.of(device, precision);
        Diffusion.Model choice = new Diffusion.Model(
                checkpoint.toString(),
                "",
                "",
                "auto",
                placement.precision().toString(),
                placement.device().toString());
        return lora.isPresent() ? lora(choice) : tile(choice, placement);
    }

    private String upscaler() {
        Path file = Models.library(home).find(Shelf.UPSCALER, upscaler.orElseThrow());
        Placement placement = Placement.of(device, precision);
        UpscalerCost cost = UpscalerCost.of(file, placement, size, rounds);
        return String.format(
                Locale.ROOT,
                "%s, %d px, %s on %s: %.3f s, peak memory %d MiB",
                cost.description(),
                size,
                placement.precision(),
                placement.device(),
                cost.seconds(),
                Memory.peakMebibytes());
    }

    private String lora(Diffusion.Model choice) {
        LoraCost cost = LoraCost.of(choice, Models.library(home).find(Shelf.LORA, lora.orElseThrow()), size, rounds);
        return String.format(
                Locale.ROOT,
                "%s; merged in %.2f s, taken out in %.2f s; UNet batch 2 at %d px %.3f s without, %.3f s with it, peak memory %d MiB",
                cost.report().loras().getFirst(),
                cost.merge(),
                cost.restore(),
                size,
                cost.without(),
                cost.with(),
                Memory.peakMebibytes());
    }

    private String tile(Diffusion.Model choice, Placement placement) {
        Calibration cost = Calibration.of(choice, size, rounds);
        return String.format(
                Locale.ROOT,
                "%d px, %s on %s: encode %.3f s, UNet batch 2 %.3f s (%.0f GFLOP/s), decode %.3f s, peak memory %d MiB",
                size,
                placement.precision(),
                placement.device(),
                cost.encode(),
                cost.denoise(),
                2 * cost.flops() / cost.denoise() / 1e9,
                cost.decode(),
                Memory.peakMebibytes());
    }
}
