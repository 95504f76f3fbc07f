package giga.cli;

import giga.redraw.Sheet;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A print that a recipe makes besides its result. */
final class SheetOptions {
    @Option(
            names = "--output",
            paramLabel = "OUT",
            description = "The print: .tif, .pdf, .png or .jpg. [OUT-print.tif]")
    private Optional<Path> output;

    @Mixin
    private PrintOptions print;

    @Mixin
    private TiffOptions tiff;

    /** @param result that is printed */
    Sheet sheet(Path result) {
        Path file = output.orElseGet(() -> beside(result));
        return new Sheet(
                file.toAbsolutePath().normalize().toString(),
                print.print(tiff.compression()).absolute());
    }

    private static Path beside(Path result) {
        String name = result.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return result.toAbsolutePath().resolveSibling((dot < 1 ? name : name.substring(0, dot)) + "-print.tif");
    }
}
