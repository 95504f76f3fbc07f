package giga.canvas.dataset;

import giga.canvas.PictureException;
import giga.canvas.store.Failures;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Titles of pictures by their files' names, from a table of tabs whose first line names the columns file, title and artist; others may stand there. */
public final class Titles {
    private static final long LARGEST = 64L << 20;

    /** Of nothing: titles come from the files' names. */
    public static final Titles NONE = new Titles(Map.of());

    private final Map<String, Title> byFile;

    private Titles(Map<String, Title> byFile) {
        this.byFile = byFile;
    }

    /** @throws PictureException when the file cannot be read or is no such table */
    public static Titles read(Path table) {
        try {
            if (Files.size(table) > LARGEST)
                throw new PictureException(table + ": this is too large for a table of titles.");
            return parsed(table, Files.readAllLines(table));
        } catch (CharacterCodingException e) {
            throw new PictureException(table + ": this is no text in UTF-8; save it so.", e);
        } catch (IOException e) {
            throw new PictureException("%s: the titles cannot be read (%s).".formatted(table, Failures.reason(e)), e);
        }
    }

    private static Titles parsed(Path table, List<String> lines) {
        List<String> head = lines.isEmpty() ? List.of() : cells(lines.getFirst().replace("\uFEFF", ""));
        int file = head.indexOf("file");
        int title = head.indexOf("title");
        int artist = head.indexOf("artist");
        if (file < 0 || title < 0 && artist < 0)
            throw new PictureException(
                    table + ": its first line must name columns, by tabs: file, title and artist, or more.");
        Map<String, Title> titles = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) continue;
            List<String> cells = cells(lines.get(i));
            if (cells.size() <= file || cells.get(file).isEmpty())
                throw new PictureException(
                        "%s, line %d: there is no file in column %d.".formatted(table, i + 1, file + 1));
            titles.put(cells.get(file), new Title(cell(cells, title), cell(cells, artist)));
        }
        return new Titles(titles);
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1)).stream().map(String::strip).toList();
    }

    private static String cell(List<String> cells, int column) {
        return column < 0 || column >= cells.size() ? "" : cells.get(column);
    }

    /** The title of a picture; its file's name in words where none is given. */
    Title of(Path picture) {
        String name = String.valueOf(picture.getFileName());
        Title given = byFile.get(name);
        return given != null ? given : new Title(stem(name).replaceAll("[_-]+", " "), "");
    }

    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
