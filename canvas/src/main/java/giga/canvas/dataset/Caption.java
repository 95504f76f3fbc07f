package giga.canvas.dataset;

import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A caption with places for what is known of a crop: {@code {title} {artist} {scale} {colours} {texture}}. A part between commas is left
 * out where nothing is known for one of its places.
 */
record Caption(String template) {
    private static final List<String> PLACES = List.of("title", "artist", "scale", "colours", "texture");
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final double STROKES = 0.3;
    private static final int MOST_COLOURS = 2;

    /** @throws PictureException when it has an unknown place, or more than one line */
    Caption {
        if (template.isBlank())
            throw new PictureException("caption: it is empty; give words, as 'closeup of painting'.");
        if (template.chars().anyMatch(Character::isISOControl))
            throw new PictureException("caption: give one line; trainers read the first alone.");
        Matcher place = PLACE.matcher(template);
        while (place.find())
            if (!PLACES.contains(place.group(1)))
                throw new PictureException(
                        "caption: {%s} is none of {%s}.".formatted(place.group(1), String.join("}, {", PLACES)));
        if (PLACE.matcher(template).replaceAll("").matches(".*[{}].*"))
            throw new PictureException("caption: a brace stands alone; write places as {title}.");
    }

    String of(Candidate crop, Title title) {
        Map<String, String> known = Map.of(
                "title", title.title(),
                "artist", title.artist(),
                "scale", scale(crop.scale()),
                "colours", colours(crop.colours()),
                "texture", texture(crop.features()));
        List<String> parts = new ArrayList<>();
        for (String part : template.split(",")) {
            Matcher places = PLACE.matcher(part);
            if (places.results().anyMatch(place -> known.get(place.group(1)).isEmpty())) continue;
            String filled = PLACE.matcher(part)
                    .replaceAll(place -> Matcher.quoteReplacement(known.get(place.group(1))))
                    .strip();
            if (!filled.isEmpty()) parts.add(filled);
        }
        return String.join(", ", parts);
    }

    private static String scale(int scale) {
        return switch (scale) {
            case 1 -> "extreme closeup";
            case 2 -> "closeup";
            case 4 -> "medium view";
            default -> "wide view";
        };
    }

    /** The most frequent first; those that are there once, in the order of quarters. */
    private static String colours(List<Colour> quarters) {
        List<String> words = quarters.stream().map(Colour::word).toList();
        return words.stream()
                .distinct()
                .sorted((one, other) -> Long.compare(count(words, other), count(words, one)))
                .limit(MOST_COLOURS)
                .collect(Collectors.joining(" and "));
    }

    private static long count(List<String> words, String word) {
        return words.stream().filter(word::equals).count();
    }

    private static String texture(Features place) {
        double steps = (place.across() + place.down()) / 2;
        String word = steps < 5 ? "smooth" : steps < 9 ? "fine texture" : steps < 16 ? "rich texture" : "rough texture";
        if (place.coherence() < STROKES) return word;
        int eighth = (int) Math.round(place.direction() / 45) % 4;
        return word
                + (eighth == 0 ? ", horizontal strokes" : eighth == 2 ? ", vertical strokes" : ", diagonal strokes");
    }
}
