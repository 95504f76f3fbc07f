package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.dezoom.Manners;
import giga.canvas.dezoom.format.Detection;
import giga.redraw.JobException;
import giga.redraw.run.Progress;
import giga.redraw.run.StagedWork;
import giga.redraw.run.Stop;
import giga.redraw.scan.DezoomRun;
import giga.redraw.scan.LevelChoice;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
        name = "dezoom",
        description =
                "Fetches a picture that a server shows in tiles, in its full size: Google Arts & Culture, IIIF, Deep Zoom,"
                        + " Zoomify, or by a template.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga dezoom https://museum.example/iiif/4711/info.json -o painting.tif",
            "  giga dezoom https://artsandculture.google.com/asset/... -o painting.tif \\",
            "      --max-width 20000",
            "  giga dezoom \"https://map.example/{{x}}/{{y:03}}.jpg\" -o map.png",
            "  giga dezoom painting.dzi -o painting.tif --list",
            "",
            "Stopped, the same command goes on; no tile that came is fetched again."
        })
final class DezoomCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL|FILE",
            description = "The picture's page, its description, or a template with {{x}} and {{y}}.")
    private String address;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The result; its suffix chooses the format: .png, .tif, .jpg, .dzi or .zarr.")
    private Optional<Path> output;

    @Option(names = "--list", description = "Only tell in which sizes the picture is there.")
    private boolean list;

    @Option(
            names = "--level",
            paramLabel = "N",
            description = "The size to fetch, as --list counts them. [the largest]")
    private int level;

    @Option(names = "--max-width", paramLabel = "PX", description = "The largest size that is no wider.")
    private int maxWidth = Integer.MAX_VALUE;

    @Option(names = "--max-height", paramLabel = "PX", description = "The largest size that is no higher.")
    private int maxHeight = Integer.MAX_VALUE;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "\"NAME: VALUE\"",
            description = "Sent with every request; may be given several times.")
    private List<String> headers = List.of();

    @Option(names = "--parallel", paramLabel = "N", description = "Requests to one host at a time. [8]")
    private int parallel = Manners.USUAL.parallel();

    @Option(names = "--rate", paramLabel = "N", description = "Requests to one host a second, at most. [20]")
    private Double rate = Manners.USUAL.perSecond();

    @Option(names = "--retries", paramLabel = "N", description = "After a failure that may pass. [3]")
    private int retries = Manners.USUAL.retries();

    @Option(
            names = "--retry-pause",
            paramLabel = "SECONDS",
            description = "Before the first of them, then twice as long each. [1]")
    private Double pause = 1.0;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For one answer. [30]")
    private Double timeout = 30.0;

    @Option(
            names = "--public-only",
            description = "Refuse addresses of this machine and of private networks, also where a server leads there.")
    private boolean publicOnly;

    @Option(names = "--allow-missing", description = "Write the picture with black where tiles cannot be fetched.")
    private boolean allowMissing;

    @Option(names = "--keep-cache", description = "Keep the tiles in OUT.dezoom.")
    private boolean keepCache;

    @Option(names = "--force", description = "Replace OUT.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        if (list) return tellLevels();
        Path out = output.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "say where the picture goes: -o OUT, or --list"));
        if (!force && Files.exists(out, LinkOption.NOFOLLOW_LINKS))
            throw new JobException(out + " exists; give another -o, or --force to replace it");
        return Making.run(spec, runOutput, work -> made(out, run(out, work).run()));
    }

    private static Making.Made made(Path out, giga.canvas.Region size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("output", out.toString());
        fields.put("width", size.width());
        fields.put("height", size.height());
        return new Making.Made(
                "%s %dx%d".formatted(out.getFileName(), size.width(), size.height()), size.area(), fields);
    }

    private int tellLevels() {
        Detection.Found found = run(output.orElse(Path.of("levels.png")), new StagedWork(Progress.NONE, new Stop()))
                .look();
        PrintWriter out = spec.commandLine().getOut();
        out.println(found.format());
        for (int i = 0; i < found.levels().size(); i++)
            out.printf("%3d  %s%n", i + 1, found.levels().get(i));
        out.flush();
        return 0;
    }

    private DezoomRun run(Path out, StagedWork work) {
        try {
            Manners manners = new Manners(
                    parallel,
                    rate,
                    retries,
                    seconds("retry-pause", pause),
                    seconds("timeout", timeout),
                    headers(),
                    publicOnly);
            return new DezoomRun(
                    address, out, new LevelChoice(level, maxWidth, maxHeight), manners, allowMissing, keepCache, work);
        } catch (PictureException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Duration seconds(String name, double value) {
        if (!(value >= 0 && value < 1e6)) throw new PictureException("%s %s: give seconds".formatted(name, value));
        return Duration.ofNanos((long) (value * 1e9));
    }

    private Map<String, String> headers() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) throw new PictureException("header '%s': give \"Name: value\"".formatted(header));
            named.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named;
    }
}
