package giga.canvas.split;

import giga.canvas.PictureException;
import giga.canvas.output.PictureWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What the files of pieces are called, as ImageMagick calls them: {@code out.png} becomes {@code out-0.png}, {@code out-1.png} and so on,
 * unless there is but one piece; a pattern as for printf, {@code out-%02d.tif}, says itself where the number goes.
 *
 * @param before the number
 * @param digits it has at least, filled with zeros
 * @param after the number
 * @param alone what one piece is called
 */
public record PieceNames(Path folder, String before, int digits, String after, String alone) {
    private static final Pattern NUMBER = Pattern.compile("%(?:0([1-9]))?d");

    /**
     * Names by what the user gave.
     *
     * @param output a file's name, a pattern, or a folder, for names like the input's
     * @throws PictureException when that is no pattern, or tells no format that can be written
     */
    public static PieceNames of(Path output, Path input) {
        if (Files.isDirectory(output) && !PictureWriter.writes(output)) return in(output, input);
        if (!PictureWriter.writes(output))
            throw new PictureException(
                    output + ": this is no folder, and its suffix tells no format that can be written."
                            + " Use .png, .tif, .jpg, .dzi or .zarr, or create the folder first.");
        Path folder = output.toAbsolutePath().getParent();
        String name = output.getFileName().toString();
        if (name.contains("%")) return pattern(output, folder, name);
        return new PieceNames(folder, stem(name) + "-", 1, suffix(name), name);
    }

    private static PieceNames in(Path folder, Path input) {
        String name = input.toAbsolutePath().normalize().getFileName().toString();
        String suffix = PictureWriter.writes(input) ? suffix(name) : ".png";
        String before = stem(name) + "-";
        return new PieceNames(folder, before, 1, suffix, before + 0 + suffix);
    }

    private static PieceNames pattern(Path output, Path folder, String name) {
        // What stands for a percent sign is out of the way, and all else at its place.
        String plain = name.replace("%%", "\0\0");
        Matcher number = NUMBER.matcher(plain);
        if (!number.find() || number.replaceFirst("").contains("%"))
            throw new PictureException(output
                    + ": a pattern has the piece's number in it once, as %d or %03d, and %% for a percent sign.");
        number.find(0);
        String before = plain.substring(0, number.start()).replace("\0\0", "%");
        String after = plain.substring(number.end()).replace("\0\0", "%");
        int digits = number.group(1) == null ? 1 : Integer.parseInt(number.group(1));
        return new PieceNames(folder, before, digits, after, before + padded(0, digits) + after);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String suffix(String name) {
        return name.substring(name.lastIndexOf('.'));
    }

    private static String padded(int number, int digits) {
        return String.format("%0" + digits + "d", number);
    }

    /** The files of so many pieces, the first one having the number 0. */
    public List<Path> files(int count) {
        if (count == 1) return List.of(folder.resolve(alone));
        return IntStream.range(0, count)
                .mapToObj(i -> folder.resolve(before + padded(i, digits) + after))
                .toList();
    }
}
