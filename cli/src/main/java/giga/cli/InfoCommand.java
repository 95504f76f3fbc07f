package giga.cli;

import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.redraw.infotext.Infotext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "info",
        description = "Tells a picture's size, format and colour profile, and what made it.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  giga info castle.png", "  giga info castle.jpg --json"})
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PICTURE",
            description = "PNG, JPEG, WebP, TIFF, DZI or a Zarr folder, also one that A1111 made.")
    private Path picture;

    @Option(names = "--json", description = "All of it as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (PictureFile file = PictureFile.open(picture)) {
            out.println(json ? new JsonMapper().writeValueAsString(fields(file.info())) : text(file.info()));
        }
        out.flush();
        return 0;
    }

    private String text(PictureInfo info) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %s %dx%d, %.2f Mpx, %d %s of %d bits%n",
                picture.getFileName(),
                info.format(),
                info.width(),
                info.height(),
                (double) info.width() * info.height() / 1e6,
                info.channels(),
                info.channels() == 1 ? "channel" : "channels",
                info.bits()));
        info.dpi().ifPresent(dpi -> text.append(String.format(Locale.ROOT, "%.0f dpi%n", dpi)));
        text.append("colour profile: ")
                .append(info.icc().isEmpty() ? "none (sRGB)" : info.iccName().orElse("nameless"));
        info.texts().forEach((keyword, value) -> {
            if (!keyword.equals(PictureInfo.PARAMETERS))
                text.append("%n%s: %s".formatted(harmless(keyword), harmless(value)));
        });
        String made = info.texts().get(PictureInfo.PARAMETERS);
        return text.append(
                        made == null
                                ? "%n%nIt does not tell what made it.".formatted()
                                : "%n%n%s".formatted(harmless(made)))
                .toString();
    }

    /** A picture from anywhere must not steer the terminal. */
    private static String harmless(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }

    private static Map<String, Object> fields(PictureInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", info.format().name().toLowerCase(Locale.ROOT));
        fields.put("width", info.width());
        fields.put("height", info.height());
        fields.put("channels", info.channels());
        fields.put("bits", info.bits());
        info.dpi().ifPresent(dpi -> fields.put("dpi", dpi));
        info.iccName().ifPresent(name -> fields.put("icc", name));
        fields.put("texts", info.texts());
        String made = info.texts().get(PictureInfo.PARAMETERS);
        if (made != null) fields.put("made", Infotext.parse(made));
        return fields;
    }
}
