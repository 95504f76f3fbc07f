package giga.cli;

import giga.canvas.output.PictureWriter;
import giga.diffusion.weights.ModelLibrary;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.forecast.Memory;
import giga.redraw.generate.GenerateRun;
import giga.redraw.generate.Generation;
import giga.redraw.generate.Generator;
import giga.redraw.run.ProgressEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "generate",
        description = "Makes a new picture from a prompt.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%n" + RedrawOptions.DEFAULTS + "%nExamples:%n",
        footer = {
            "  giga generate \"an old harbour, oil on canvas\" -o harbour.png --model sd15",
            "  giga generate \"a castle <lora:ink:0.6>\" -o castle.jpg --model sdxl \\",
            "      --width 832 --height 1216 --negative \"blurry\" --steps 30 --seed 7 \\",
            "      --sampler \"DPM++ 2M Karras\" --count 9 --sheet",
            "  giga generate --like castle-7.jpg -o again.png --steps 40"
        })
final class GenerateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            required = true,
            description =
                    "The picture; its suffix chooses the format: .png, .tif, .jpg, .dzi or .zarr. It tells what made it.")
    private Path output;

    @Mixin
    private GenerateOptions options;

    @Option(names = "--sheet", description = "All pictures of --count side by side too, as OUT with -sheet.")
    private boolean sheet;

    @Option(names = "--force", description = "Replace pictures that exist.")
    private boolean force;

    @Mixin
    private RunOutput runOutput;

    @Override
    public Integer call() {
        Generation generation = options.generation(output);
        makeWay(generation);
        Terminal terminal = runOutput.terminal(spec);
        terminal.say(remark(generation));
        for (String notice : options.notices()) terminal.on(new ProgressEvent.Noticed(notice));
        terminal.say("loading the model");
        long began = System.nanoTime();
        try (terminal;
                GentleStop stop = new GentleStop(terminal, "Stopping after the step at hand ...", Giga.reported(spec));
                Generator generator = Generator.open(generation.diffusion())) {
            GenerateRun run =
                    new GenerateRun(generation, generator, Models.hashes(), Version.name(), terminal, stop.stop());
            List<Path> files = run.run(sheet);
            terminal.close();
            report(terminal, generation, files, generator.networkSeconds(), (System.nanoTime() - began) / 1e9);
            return 0;
        }
    }

    /** Refuses before a model is loaded for nothing. */
    private void makeWay(Generation generation) {
        PictureWriter.check(output, generation.width(), generation.height());
        if (force) return;
        for (Generation.Item item : generation.items()) refuse(item.file());
        if (sheet) refuse(generation.sheet());
    }

    private static void refuse(Path file) {
        if (Files.exists(file)) throw new JobException(file + " exists; give another -o, or --force to replace it");
    }

    private static String remark(Generation generation) {
        Diffusion diffusion = generation.diffusion();
        Diffusion.Sampling sampling = diffusion.sampling();
        return "%s, %dx%d: %s, %s %s, %d steps, cfg %s, seed %d, %s"
                .formatted(
                        Describe.count(generation.count(), "picture"),
                        generation.width(),
                        generation.height(),
                        ModelLibrary.name(Path.of(diffusion.model().path())),
                        sampling.sampler(),
                        sampling.scheduler(),
                        sampling.steps(),
                        sampling.cfg(),
                        diffusion.noise().seed(),
                        diffusion.model().precision());
    }

    private void report(Terminal terminal, Generation generation, List<Path> files, double networks, double seconds) {
        long seed = generation.diffusion().noise().seed();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("outputs", files.stream().map(Path::toString).toList());
        figures.put("width", generation.finalWidth());
        figures.put("height", generation.finalHeight());
        figures.put("seed", seed);
        figures.put("seconds", seconds);
        figures.put("network_seconds", networks);
        figures.put("peak_mebibytes", Memory.peakMebibytes());
        terminal.figures(
                String.format(
                        Locale.ROOT,
                        "%s %dx%d: %s in %.1f s (%.1f s each), networks %.1f s, peak memory %d MiB, seed %d",
                        files.getFirst().getFileName(),
                        generation.finalWidth(),
                        generation.finalHeight(),
                        Describe.count(generation.count(), "picture"),
                        seconds,
                        seconds / generation.count(),
                        networks,
                        Memory.peakMebibytes(),
                        seed),
                figures);
    }
}
