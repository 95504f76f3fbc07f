package giga.cli;

import giga.redraw.JobException;
import giga.redraw.print.PrintRun;
import giga.redraw.print.PrintRun.Gamut;
import giga.redraw.print.PrintRun.Printed;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "print",
        description = "Makes a picture ready for paper: its size, bleed and crop marks, the printer's colours.",
        sortOptions = false,
        subcommands = PrintSizeCommand.class,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga print wall.tif -o sheet.tif --paper 17x22in --icc printer.icc --bpc",
            "  giga print wall.tif -o poster.pdf --paper A2 --dpi 300 --bleed 3mm --marks",
            "  giga print wall.tif -o proof.png --icc cmyk.icc --proof --gamut-map map.png",
            "  giga print size --paper 8.5x11in --distance 1in"
        })
final class PrintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    // Neither is required by picocli, which would ask for both also before the subcommand.
    @Parameters(
            paramLabel = "IN",
            arity = "0..1",
            description = "The picture: PNG, JPEG, WebP, TIFF, DZI or a Zarr folder.")
    private Optional<Path> input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The print; its suffix chooses the format: .tif, .pdf, .png or .jpg.")
    private Optional<Path> output;

    @Mixin
    private PrintOptions options;

    @Option(
            names = "--gamut-map",
            paramLabel = "FILE",
            description = "Also draws what the printer cannot show, in yellow to red over grey.")
    private Optional<Path> gamutMap;

    @Option(
            names = "--gamut-delta",
            paramLabel = "DE",
            description = "The colour difference (CIEDE2000) from which on a pixel counts as out of gamut. [3]")
    private double gamutDelta = 3;

    @Mixin
    private TiffOptions tiff;

    @Option(names = "--force", description = "Replace OUT and the gamut map.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Path in = input.orElseThrow(() -> wrongUse("name the picture to print"));
        Path out = output.orElseThrow(() -> wrongUse("say where the print goes, with -o"));
        if (gamutMap.isPresent() && !(gamutDelta > 0 && gamutDelta <= 100))
            throw wrongUse("--gamut-delta " + gamutDelta + ": give more than 0, up to 100");
        if (gamutMap.map(Path::toAbsolutePath)
                .filter(out.toAbsolutePath()::equals)
                .isPresent()) throw wrongUse("--gamut-map and -o name the same file " + out);
        refuseExisting(out);
        gamutMap.ifPresent(this::refuseExisting);
        Optional<Gamut> gamut = gamutMap.map(map -> new Gamut(map, gamutDelta));
        return Making.run(
                spec,
                runOutput,
                work -> made(out, new PrintRun(in, out, options.print(tiff.compression()), gamut, work).run()));
    }

    private void refuseExisting(Path out) {
        if (!force && Files.exists(out, LinkOption.NOFOLLOW_LINKS))
            throw new JobException(out + " exists; give another name, or --force to replace it");
    }

    private Making.Made made(Path out, Printed printed) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("output", out.toString());
        fields.put("width", printed.width());
        fields.put("height", printed.height());
        fields.put("dpi", printed.dpi());
        fields.put("channels", printed.channels());
        String line = String.format(
                Locale.ROOT, "%s %dx%d, %.1f dpi", out.getFileName(), printed.width(), printed.height(), printed.dpi());
        if (gamutMap.isPresent()) {
            fields.put("out_of_gamut", printed.outside());
            line += String.format(Locale.ROOT, ", %.2f %% out of gamut,", 100 * printed.outside());
        }
        return new Making.Made(line, (long) printed.width() * printed.height(), fields);
    }

    private ParameterException wrongUse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
