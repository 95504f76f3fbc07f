package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Microsoft's Deep Zoom: a description in XML or JSON, and for each level a folder of tiles that share some pixels with their
 * neighbours. A level is half as large as the next, down to one pixel.
 */
final class DeepZoom implements Format {
    private static final Pattern TILE =
            Pattern.compile("(.*)_files/\\d+/\\d+_\\d+\\.(?:jpe?g|png|webp)", Pattern.CASE_INSENSITIVE);

    private record Description(int width, int height, int tile, int overlap, String suffix, String url) {}

    @Override
    public String title() {
        return "Deep Zoom";
    }

    @Override
    public Answer offered(String address) {
        Matcher tile = TILE.matcher(Addresses.path(address));
        return new Answer.More(tile.matches() ? tile.group(1) + ".dzi" + Addresses.query(address) : address, this);
    }

    @Override
    public Answer read(String address, byte[] contents) {
        Optional<Description> description = Elements.of(contents)
                .flatMap(DeepZoom::xml)
                .or(() -> Json.object(contents).flatMap(DeepZoom::json));
        if (description.isEmpty()) return new Answer.NotMine("it describes no deep zoom picture");
        return new Answer.Levels(levels(address, description.get()));
    }

    private static Optional<Description> xml(Elements elements) {
        Optional<Elements.Element> image =
                elements.first("Image").filter(each -> each.attributes().containsKey("TileSize"));
        Optional<Elements.Element> size = elements.first("Size");
        if (image.isEmpty() || size.isEmpty()) return Optional.empty();
        return Optional.of(new Description(
                size.get().number("Width"),
                size.get().number("Height"),
                image.get().number("TileSize"),
                Math.max(0, image.get().number("Overlap")),
                image.get().attributes().getOrDefault("Format", "jpg"),
                image.get().attributes().getOrDefault("Url", "")));
    }

    private static Optional<Description> json(JsonNode node) {
        JsonNode image = node.path("Image");
        if (image.path("TileSize").isMissingNode()) return Optional.empty();
        return Optional.of(new Description(
                Json.number(image.path("Size").path("Width")),
                Json.number(image.path("Size").path("Height")),
                Json.number(image.path("TileSize")),
                Math.max(0, Json.number(image.path("Overlap"))),
                image.path("Format").isString() ? Json.text(image.path("Format")) : "jpg",
                Json.text(image.path("Url"))));
    }

    private static List<Level> levels(String address, Description picture) {
        if (!picture.suffix().toLowerCase(Locale.ROOT).matches("jpe?g|png|webp"))
            throw new PictureException(
                    address + ": tiles of the format '%s'; JPEG, PNG and WebP can be read".formatted(picture.suffix()));
        String base = base(address, picture.url());
        int top = 32 - Integer.numberOfLeadingZeros(Math.max(1, Math.max(picture.width(), picture.height())) - 1);
        List<Level> levels = new ArrayList<>();
        for (int n = 0; n <= top; n++) {
            int level = n;
            levels.add(new Level(
                    "",
                    Math.ceilDiv(picture.width(), 1 << (top - n)),
                    Math.ceilDiv(picture.height(), 1 << (top - n)),
                    picture.tile(),
                    picture.overlap(),
                    (column, row) -> "%s%d/%d_%d.%s%s"
                            .formatted(base, level, column, row, picture.suffix(), Addresses.query(address))));
        }
        return levels;
    }

    /** Beside the description, unless it says otherwise. */
    private static String base(String address, String url) {
        if (!url.isEmpty()) return Addresses.resolved(address, url).replaceFirst("/*$", "/");
        return Addresses.path(address).replaceFirst("(?i)\\.(dzi|xml|js|json)$", "") + "_files/";
    }
}
