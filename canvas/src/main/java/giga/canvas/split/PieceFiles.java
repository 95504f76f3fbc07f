package giga.canvas.split;

import giga.canvas.PictureException;
import giga.canvas.output.PictureWriter;
import giga.canvas.store.Failures;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of pieces as somebody names them, in the order in which they were cut. */
public final class PieceFiles {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern PLACE = Pattern.compile("%(?:0[1-9])?d");

    private static final Comparator<Path> BY_NUMBER = Comparator.<Path, List<BigInteger>>comparing(
                    PieceFiles::numbers, PieceFiles::compare)
            .thenComparing(Comparator.naturalOrder());

    private PieceFiles() {}

    /**
     * All pieces meant.
     *
     * @param named files; or a folder, for all pictures in it; or a pattern such as {@code out-%d.png}. Files whose names differ in one number
     *     alone are put in the order of that number, as a shell gives {@code out-10.png} before {@code out-2.png}; others stay as they are
     * @throws PictureException when a folder or pattern has no pieces
     */
    public static List<Path> of(List<Path> named) {
        if (named.size() != 1) return numbered(named) ? sorted(named) : List.copyOf(named);
        Path one = named.getFirst();
        if (isFolderOfPictures(one)) return found(one, one, PieceFiles::isPicture);
        String name = one.getFileName() == null ? "" : one.getFileName().toString();
        if (Files.exists(one) || !PLACE.matcher(name).find()) return List.of(one);
        return found(one, one.toAbsolutePath().getParent(), regex(name).asMatchPredicate()::test);
    }

    private interface Wanted {
        boolean test(String name);
    }

    private static List<Path> found(Path named, Path folder, Wanted wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> wanted.test(file.getFileName().toString()))
                    .toList();
            if (found.isEmpty())
                throw new PictureException(named + ": there are no pieces of this name or in this folder.");
            return sorted(found);
        } catch (IOException e) {
            throw new PictureException("%s: its pieces cannot be listed (%s).".formatted(named, Failures.reason(e)), e);
        }
    }

    private static boolean isFolderOfPictures(Path folder) {
        return Files.isDirectory(folder)
                && Stream.of("zarr.json", ".zarray", ".zgroup").noneMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static boolean isPicture(String name) {
        return !name.startsWith(".") && (PictureWriter.writes(Path.of(name)) || name.matches("(?i).*\\.webp"));
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        Matcher place = PLACE.matcher(pattern);
        int at = 0;
        for (; place.find(); at = place.end())
            regex.append(Pattern.quote(pattern.substring(at, place.start()).replace("%%", "%")))
                    .append("[0-9]+");
        return Pattern.compile(regex + Pattern.quote(pattern.substring(at).replace("%%", "%")));
    }

    private static List<Path> sorted(List<Path> files) {
        return files.stream().sorted(BY_NUMBER).toList();
    }

    /** Whether the names are alike but for one number. */
    private static boolean numbered(List<Path> files) {
        List<BigInteger> first = numbers(files.getFirst());
        boolean[] differs = new boolean[first.size()];
        for (Path file : files) {
            List<BigInteger> numbers = numbers(file);
            if (!words(file).equals(words(files.getFirst())) || numbers.size() != first.size()) return false;
            for (int i = 0; i < differs.length; i++)
                differs[i] |= !numbers.get(i).equals(first.get(i));
        }
        int count = 0;
        for (boolean one : differs) if (one) count++;
        return count == 1;
    }

    private static String words(Path file) {
        return NUMBER.matcher(file.toString()).replaceAll("0");
    }

    private static List<BigInteger> numbers(Path file) {
        return NUMBER.matcher(file.toString())
                .results()
                .map(MatchResult::group)
                .map(BigInteger::new)
                .toList();
    }

    private static int compare(List<BigInteger> a, List<BigInteger> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) return order;
        }
        return a.size() - b.size();
    }
}
