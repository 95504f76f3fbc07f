package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out how a picture is laid out, by looking at what its address leads to. */
public final class Detection {
    private static final List<Format> FORMATS = List.of(new GoogleArts(), new Zoomify(), new Iiif(), new DeepZoom());
    private static final int MOST_STEPS = 4;

    /** Gets what lies at an address. */
    @FunctionalInterface
    public interface Fetching {
        /** @throws PictureException when there is nothing */
        byte[] fetch(String address);
    }

    private final Fetching fetching;
    private final Map<String, byte[]> known = new HashMap<>();

    public Detection(Fetching fetching) {
        this.fetching = fetching;
    }

    /** A picture's levels, and how they are laid out. */
    public record Found(String format, List<Level> levels) {}

    /** @throws PictureException when nothing can be fetched, or no format knows what to make of it */
    public Found levels(String address) {
        List<String> reasons = new ArrayList<>();
        for (Format format : FORMATS) {
            Answer answer = format.offered(address);
            for (int step = 0; step < MOST_STEPS && answer instanceof Answer.More more; step++)
                answer = read(format, more, address);
            switch (answer) {
                case Answer.Levels(List<Level> levels) -> {
                    return new Found(format.title(), levels);
                }
                case Answer.More more -> reasons.add(format.title() + ": it leads on to " + more.address());
                case Answer.NotMine(String why) -> reasons.add(format.title() + ": " + why);
            }
        }
        throw new PictureException(
                "%s: nobody knows how this picture is laid out (%s). Give the address of its info.json, .dzi or ImageProperties.xml, or a template with {{x}} and {{y}}."
                        .formatted(address, reasons.stream().collect(Collectors.joining("; "))));
    }

    /** What a format asks for beyond the address itself may not be there. */
    private Answer read(Format format, Answer.More more, String address) {
        try {
            return more.reader().read(more.address(), known.computeIfAbsent(more.address(), fetching::fetch));
        } catch (PictureException e) {
            if (more.address().equals(address)) throw e;
            return new Answer.NotMine(e.getMessage());
        }
    }
}
