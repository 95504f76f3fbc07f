package giga.redraw.job;

import giga.diffusion.upscale.Upscaler;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import giga.redraw.PassSettings;
import giga.redraw.Request;
import giga.redraw.Upscaling;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a request names; picture, model and what goes with it must stay what they were when the job began. */
record Originals(Request request) {

    Path input() {
        return path(request.input());
    }

    Path output() {
        return path(request.output());
    }

    Path model() {
        return path(request.passes().getFirst().diffusion().model().path());
    }

    Fingerprint source() {
        return Fingerprint.ofPicture(input());
    }

    Fingerprint modelSamples() {
        return Fingerprint.ofSamples(model());
    }

    List<Fingerprint> companionSamples() {
        return companions().map(Fingerprint::ofSamples).toList();
    }

    /** Models of later passes, VAEs, LoRAs, upscalers, a texture and colour profiles, each once. */
    private Stream<Path> companions() {
        Path first = model();
        return Stream.concat(request.passes().stream().flatMap(Originals::files), request.result().files().stream())
                .distinct()
                .filter(file -> !file.equals(first));
    }

    private static Stream<Path> files(PassSettings pass) {
        Diffusion diffusion = pass.diffusion();
        Stream<Path> named = Stream.concat(
                        Stream.of(diffusion.model().path(), diffusion.model().vae())
                                .filter(file -> !file.isEmpty()),
                        diffusion.loras().stream().map(Diffusion.Lora::file))
                .map(Originals::path);
        return Stream.concat(named, upscaler(pass.upscaler()));
    }

    private static Stream<Path> upscaler(Upscaling upscaler) {
        return Stream.of(upscaler.file(), upscaler.weak())
                .filter(file -> !file.isEmpty())
                .flatMap(file -> Upscaler.files(path(file)).stream());
    }

    void refuseOtherSource(Manifest manifest, Path job) {
        if (!source().equals(manifest.source())) throw changed("picture", input(), job);
    }

    void refuseOtherModel(Manifest manifest, Path job) {
        if (!modelSamples().equals(manifest.model())) throw changed("model", model(), job);
        List<Path> companions = companions().toList();
        for (int i = 0; i < companions.size(); i++)
            if (i >= manifest.companions().size()
                    || !Fingerprint.ofSamples(companions.get(i))
                            .equals(manifest.companions().get(i))) throw changed("file", companions.get(i), job);
    }

    private static JobException changed(String what, Path file, Path job) {
        return new JobException(
                "The %s %s has changed since the job %s began. Put the old one back, or start a new job in another folder."
                        .formatted(what, file, job));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new JobException("'%s' cannot be a path: %s. Correct it.".formatted(text, e.getReason()), e);
        }
    }
}
