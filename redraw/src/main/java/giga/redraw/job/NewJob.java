package giga.redraw.job;

import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.input.PictureInfo;
import giga.canvas.output.PictureMetadata;
import giga.canvas.output.PictureWriter;
import giga.redraw.JobException;
import giga.redraw.Plan;
import giga.redraw.PlanJson;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** What a job begins with. All that can be refused is refused before there is a folder. */
record NewJob(
        Request request,
        Plan plan,
        PictureMetadata metadata,
        Fingerprint source,
        Fingerprint model,
        List<Fingerprint> companions) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param directory where the job is to lie
     * @param texts for the result's file, by keyword
     */
    static NewJob of(Path directory, Request request, Function<Plan, Map<String, String>> texts) {
        Originals originals = new Originals(request);
        PictureInfo picture = info(originals.input());
        Plan plan = Planner.plan(request, picture.width(), picture.height());
        Room.below(directory).ifPresent(room -> room.refuse(request, plan));
        PictureMetadata metadata = metadata(picture, texts.apply(plan), request.result());
        checkOutput(originals, request.result().size(plan.canvas()), metadata);
        return new NewJob(
                request, plan, metadata, originals.source(), originals.modelSamples(), originals.companionSamples());
    }

    /** The manifest comes last: without it the folder is no job. */
    void write(JobFolder folder) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Runtime.getRuntime().availableProcessors(),
                source,
                model,
                companions,
                folder.write(JobFolder.RECIPE, RequestToml.write(request)),
                folder.write(JobFolder.PLAN, PlanJson.write(plan)),
                folder.write(JobFolder.METADATA, JSON.writeValueAsString(metadata)));
        folder.write(Manifest.NAME, manifest.write());
    }

    private static PictureInfo info(Path input) {
        try (PictureFile file = PictureFile.open(input)) {
            return file.info();
        }
    }

    private static void checkOutput(Originals originals, Region size, PictureMetadata metadata) {
        Path input = originals.input();
        Path output = originals.output();
        PictureWriter.check(output, size.width(), size.height(), metadata);
        try {
            if (Files.exists(output) && Files.isSameFile(input, output))
                throw new JobException(
                        "The result would replace the picture %s, without which the job cannot be resumed. Name another output."
                                .formatted(input));
        } catch (IOException e) {
            throw Disk.unreadable(output, e);
        }
    }

    private static PictureMetadata metadata(PictureInfo picture, Map<String, String> texts, Result result) {
        double dpi = result.dpi() > 0 ? result.dpi() : picture.dpi().orElse(0);
        // Files state absurd values, which are better left out than passed on.
        return new PictureMetadata(
                picture.icc(),
                dpi >= 1 && dpi <= 65535 ? OptionalDouble.of(dpi) : OptionalDouble.empty(),
                texts,
                result.compression());
    }
}
