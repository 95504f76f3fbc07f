package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.split.Cut;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Into which pieces a picture is cut. */
final class SplitOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--pieces",
            paramLabel = "GEOMETRY",
            description = "Their size, as 50%%x50%% or 2048x2048, or how many across and down, as 3x2@.")
    private Optional<String> pieces;

    @Option(
            names = "--overlap",
            paramLabel = "PX",
            description =
                    "Pixels that neighbours share. Pieces sized in pixels keep their size and become more; others keep"
                            + " their number and become larger. [0]")
    private int overlap;

    boolean given() {
        return pieces.isPresent();
    }

    /** Empty where no pieces were asked for. */
    Optional<Cut> cut() {
        if (pieces.isEmpty() && overlap != 0)
            throw new ParameterException(command.commandLine(), "--overlap is for pieces; give --pieces too");
        return pieces.map(this::cut);
    }

    Cut cut(String geometry) {
        try {
            return new Cut(geometry, overlap);
        } catch (PictureException e) {
            throw new ParameterException(command.commandLine(), e.getMessage().replaceFirst("\\.$", ""), e);
        }
    }
}
