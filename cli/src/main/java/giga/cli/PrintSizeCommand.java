package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.input.PictureFile;
import giga.canvas.print.Doubling;
import giga.canvas.print.Length;
import giga.canvas.print.PaperSize;
import giga.canvas.print.Sharpness;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "size",
        description = {
            "Tells how many pixels a sheet needs to look sharp from a distance, and from where a picture does.",
            "Over the longer side, as it is seen from before the middle, a degree has 60 pixels in the mean."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  giga print size --paper 8.5x11in --distance 1in", "  giga print size picture.tif --paper 24x36in"})
final class PrintSizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "IN",
            arity = "0..1",
            description = "A picture that should be printed so; its pixels are only counted.")
    private Optional<Path> input;

    @Option(names = "--paper", required = true, paramLabel = "SIZE", description = "8.5x11in, 210x297mm, 8x10ft, A4.")
    private String paper;

    @Option(names = "--distance", paramLabel = "LENGTH", description = "From the eye to the sheet: 1in, 40cm. [1in]")
    private String distance = "1in";

    @Option(names = "--per-degree", paramLabel = "PIXELS", description = "That a degree of the view shall have. [60]")
    private double perDegree = Sharpness.EYE;

    @Option(
            names = "--base",
            paramLabel = "WxH",
            description =
                    "The picture that is doubled. Default: with a shorter side of 512, as Stable Diffusion draws.")
    private Optional<String> base;

    @Option(names = "--json", description = "All of it as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, Object> figures = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        PaperSize sheet = needed(figures, text);
        if (input.isPresent()) {
            try (PictureFile file = PictureFile.open(input.get())) {
                held(sheet, file.info().width(), file.info().height(), figures, text);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json
                        ? new JsonMapper().writeValueAsString(figures)
                        : text.toString().stripTrailing());
        out.flush();
        return 0;
    }

    private PaperSize needed(Map<String, Object> figures, StringBuilder text) {
        try {
            PaperSize sheet = PaperSize.parse(paper);
            Sharpness needed = new Sharpness(sheet, Length.parse(distance), perDegree);
            tell(
                    needed,
                    base.map(size -> doubling(size, needed)).orElseGet(() -> Doubling.covering(needed)),
                    figures,
                    text);
            return sheet;
        } catch (PictureException e) {
            throw wrongUse(e.getMessage());
        }
    }

    private Doubling doubling(String size, Sharpness needed) {
        if (!size.strip().matches("[0-9]{1,6}[xX×][0-9]{1,6}"))
            throw wrongUse("--base '" + size + "': write it as 512x640");
        String[] sides = size.strip().split("[xX×]");
        return Doubling.covering(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), needed);
    }

    private static void tell(Sharpness needed, Doubling doubling, Map<String, Object> figures, StringBuilder text) {
        PaperSize sheet = needed.paper();
        double dpi = dpi(sheet, doubling.finalWidth(), doubling.finalHeight());
        text.append(line(
                "%s from %s: %dx%d pixels at least (%.1f Mpx, %.0f dpi)",
                sheet,
                needed.distance(),
                needed.width(),
                needed.height(),
                needed.width() / 1e6 * needed.height(),
                needed.dpi()));
        text.append(line(
                "by doubling: %dx%d, %d times, is %dx%d (%.0f dpi)",
                doubling.width(),
                doubling.height(),
                doubling.times(),
                doubling.finalWidth(),
                doubling.finalHeight(),
                dpi));
        text.append(line("for an eye that goes along the sheet at that distance: %.0f dpi", needed.dpiOfEachPlace()));
        figures.put("paper", sheet.toString());
        figures.put("distance", needed.distance().toString());
        figures.put("width", needed.width());
        figures.put("height", needed.height());
        figures.put("dpi", needed.dpi());
        figures.put("dpi_of_each_place", needed.dpiOfEachPlace());
        figures.put(
                "doubling",
                Map.of(
                        "base", doubling.width() + "x" + doubling.height(),
                        "times", doubling.times(),
                        "width", doubling.finalWidth(),
                        "height", doubling.finalHeight(),
                        "dpi", dpi));
    }

    private void held(PaperSize sheet, int width, int height, Map<String, Object> figures, StringBuilder text) {
        PaperSize turned = sheet.turnedLike(width, height);
        double dpi = dpi(turned, width, height);
        double inches = Sharpness.sharpFrom(turned, dpi, perDegree);
        text.append(line(
                "%s, %dx%d, fills it with %.0f dpi: sharp from %s",
                input.orElseThrow().getFileName(),
                width,
                height,
                dpi,
                inches == 0 ? "anywhere" : String.format(Locale.ROOT, "%.2f in (%.1f cm) on", inches, 2.54 * inches)));
        figures.put("picture", Map.of("width", width, "height", height, "dpi", dpi, "sharp_from_inches", inches));
    }

    /** Of a picture that fills the sheet and is cut where it stands over. */
    private static double dpi(PaperSize sheet, long width, long height) {
        return Math.min(width / sheet.width().inches(), height / sheet.height().inches());
    }

    private static String line(String form, Object... values) {
        return String.format(Locale.ROOT, form + "%n", values);
    }

    private ParameterException wrongUse(String sentence) {
        return new ParameterException(spec.commandLine(), sentence.replaceFirst("\\.$", ""));
    }
}
