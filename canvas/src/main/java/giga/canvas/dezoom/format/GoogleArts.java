package giga.canvas.dezoom.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import giga.canvas.PictureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Google Arts &amp; Culture: a page names the picture and a token, its {@code =g} tells the levels, and every tile's address is signed
 * with the token. Some tiles are partly encrypted.
 */
final class GoogleArts implements Format {
    private static final String HOST = "artsandculture.google.com";
    private static final Pattern PICTURE = Pattern.compile(
            "\\]\\s{0,4},\\s{0,4}\"(?:https?:)?//([A-Za-z0-9./_-]+)\"\\s{0,4},\\s{0,4}(?:\"([^\"]+)\"|null)");
    private static final Pattern PREVIEW =
            Pattern.compile("property=\"og:image\" content=\"https?://([A-Za-z0-9./_-]+)");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]{1,300})\"");
    private static final String INFORMATION = "=g";

    @Override
    public String title() {
        return "Google Arts & Culture";
    }

    @Override
    public Answer offered(String address) {
        return address.contains(HOST) ? new Answer.More(address, this) : new Answer.NotMine("it is not on " + HOST);
    }

    @Override
    public Answer read(String address, byte[] contents) {
        return page(address, new String(contents, UTF_8));
    }

    private static Answer page(String address, String page) {
        Matcher name = NAME.matcher(page);
        String title = name.find() ? name.group(1) : "";
        Matcher picture = PICTURE.matcher(page);
        if (picture.find())
            return picture(
                    picture.group(1),
                    Optional.ofNullable(picture.group(2)).orElse("").replace("\\u003d", "="),
                    title);
        // The picture that is shown where others link to the page; it has no token.
        Matcher preview = PREVIEW.matcher(page);
        if (preview.find()) return picture(preview.group(1), "", title);
        throw new PictureException(
                address
                        + ": the page does not name its picture; it may be no picture's page, or one that asks for consent. Open it in a browser and copy the address of the picture itself.");
    }

    private static Answer picture(String hostAndPath, String token, String title) {
        String base = "https://" + hostAndPath;
        return new Answer.More(
                base + INFORMATION, (next, information) -> levels(next, base, token, title, information));
    }

    private static Answer levels(String address, String base, String token, String title, byte[] contents) {
        Elements elements = Elements.of(contents)
                .filter(all -> all.first("TileInfo").isPresent())
                .orElseThrow(() -> new PictureException(address + ": the server does not tell the picture's levels"));
        Elements.Element info = elements.first("TileInfo").orElseThrow();
        int wide = info.number("tile_width");
        int high = info.number("tile_height");
        List<Level> levels = new ArrayList<>();
        for (Elements.Element level : elements.named("pyramid_level")) {
            long width = (long) wide * level.number("num_tiles_x") - level.number("empty_pels_x");
            long height = (long) high * level.number("num_tiles_y") - level.number("empty_pels_y");
            int z = levels.size();
            levels.add(new Level(
                    title,
                    (int) Math.clamp(width, 0, Integer.MAX_VALUE),
                    (int) Math.clamp(height, 0, Integer.MAX_VALUE),
                    wide,
                    high,
                    0,
                    List.of(tiles(base, token, z))));
        }
        if (levels.isEmpty()) throw new PictureException(address + ": the server tells no levels of the picture");
        return new Answer.Levels(levels);
    }

    private static Tiles tiles(String base, String token, int level) {
        return new Tiles() {
            @Override
            public String address(int column, int row) {
                return GoogleTile.address(base, token, column, row, level);
            }

            @Override
            public String key(int column, int row) {
                return "%s=x%d-y%d-z%d".formatted(base, column, row, level);
            }

            @Override
            public byte[] opened(byte[] fetched) throws IOException {
                return GoogleTile.opened(fetched);
            }
        };
    }
}
