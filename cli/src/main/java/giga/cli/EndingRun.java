package giga.cli;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import giga.canvas.output.PictureMetadata;
import giga.redraw.Result;
import giga.redraw.run.Ending;
import giga.redraw.run.Stage;
import giga.redraw.run.Unpacking;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** The last steps of a recipe on a picture that needs no redraw. */
record EndingRun(Path input, Path output, Result result, boolean force) {

    /** @return the exit code */
    int run(CommandSpec command, Terminal terminal) {
        return Making.run(command, terminal, work -> {
            try (Unpacking unpacking = Unpacking.temporary(work)) {
                PictureFile file = unpacking.file(input);
                Region size = new Region(0, 0, file.info().width(), file.info().height());
                PictureMetadata metadata = PictureMetadata.like(file.info());
                Ending ending = new Ending(result, output, metadata);
                ending.check(size, force);
                Picture picture = unpacking.picture(file);
                work.stage(
                        Stage.Kind.EXPORT, ending.rows(size), rows -> ending.write(picture, unpacking::picture, rows));
                terminal.close();
                ending.words(size).forEach(terminal::say);
                return made(ending.files(size), result.size(size));
            }
        });
    }

    private static Making.Made made(List<Path> files, Region size) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("outputs", files.stream().map(Path::toString).toList());
        fields.put("width", size.width());
        fields.put("height", size.height());
        String pieces = files.size() == 1 ? "" : " and " + Describe.count(files.size() - 1, "other file");
        return new Making.Made(
                "%s %dx%d%s".formatted(files.getFirst().getFileName(), size.width(), size.height(), pieces),
                size.area(),
                fields);
    }
}
