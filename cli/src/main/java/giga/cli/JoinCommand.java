package giga.cli;

import giga.redraw.pieces.JoinRun;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "join",
        description = "Joins pieces into one picture: the reverse of split.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  giga join wall-*.png -o wall.tif --columns 2",
            "  giga join p-%%03d.tif -o wall.tif --overlap 64",
            "  giga join pieces/ -o wall.dzi"
        })
final class JoinCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PIECE",
            description =
                    "The pieces, row by row from the upper left; or a folder of them, or a pattern such as out-%%d.png."
                            + " Names that differ in one number go by that number.")
    private List<Path> pieces;

    @Mixin
    private MadePicture made;

    @Option(
            names = "--columns",
            paramLabel = "N",
            description = "Pieces side by side. Default: found from their sizes, where these fit in one way alone.")
    private Integer columns;

    @Option(
            names = "--overlap",
            paramLabel = "PX",
            description = "Pixels that neighbours share; each gives the half on its side. [0]")
    private int overlap;

    @Mixin
    private TiffOptions tiff;

    @Override
    public Integer call() {
        if (columns != null && columns < 1)
            throw new ParameterException(spec.commandLine(), "--columns " + columns + ": give 1 or more");
        if (overlap < 0) throw new ParameterException(spec.commandLine(), "--overlap " + overlap + ": give 0 or more");
        int across = columns == null ? 0 : columns;
        return made.by(work -> new JoinRun(pieces, made.output(), across, overlap, tiff.compression(), work).run());
    }
}
