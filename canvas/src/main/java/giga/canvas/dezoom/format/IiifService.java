package giga.canvas.dezoom.format;

import giga.canvas.PictureException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A picture as an IIIF server offers it.
 *
 * @param info its description
 * @param base address of the service
 */
record IiifService(JsonNode info, String base) {
    private static final int[] USUAL_TILES = {1024, 512, 256};
    private static final int MOST_FACTORS = 32;

    /** Sizes of tiles, and by which factors the picture can be reduced. */
    private record Tiling(int width, int height, List<Integer> factors) {}

    /** @throws PictureException when it describes no picture that can be fetched */
    List<Level> levels() {
        if (width() < 1 || height() < 1) throw new PictureException("info.json tells no width and height");
        List<Level> levels = new ArrayList<>();
        if (!cuts()) {
            sizes().forEach(size ->
                    levels.add(whole(Json.number(size.path("width")), Json.number(size.path("height")))));
            if (levels.stream().noneMatch(level -> level.width() == width())) levels.add(whole(width(), height()));
            return levels;
        }
        for (Tiling tiling : tilings()) for (int factor : tiling.factors()) levels.add(level(tiling, factor));
        return levels;
    }

    private int width() {
        return Json.number(info.path("width"));
    }

    private int height() {
        return Json.number(info.path("height"));
    }

    /** 1 where nothing is said, as the first version had nothing to say it with. */
    private int version() {
        String contexts = info.path("@context").toString();
        if (contexts.contains("/image/3/")) return 3;
        if (contexts.contains("/image/2/")) return 2;
        if (contexts.contains("/image/1/") || contexts.contains("/1.1/")) return 1;
        return info.has("protocol") || info.has("tiles") ? 2 : 1;
    }

    private boolean isLevel0() {
        JsonNode profile = info.path("profile");
        String first = profile.isArray() ? Json.text(profile.path(0)) : Json.text(profile);
        return first.matches(".*level0(\\.json)?");
    }

    /** A server of level 0 has its files ready, in tiles or in whole sizes. */
    private boolean cuts() {
        return !isLevel0() || !info.path("tiles").isEmpty() || info.has("scale_factors");
    }

    private List<JsonNode> sizes() {
        return info.path("sizes")
                .valueStream()
                .filter(size -> Json.number(size.path("width")) > 0 && Json.number(size.path("height")) > 0)
                .limit(MOST_FACTORS)
                .toList();
    }

    private List<Tiling> tilings() {
        List<Tiling> tilings = new ArrayList<>();
        info.path("tiles").valueStream().limit(MOST_FACTORS).forEach(tile -> {
            int wide = Json.number(tile.path("width"));
            int high = tile.has("height") ? Json.number(tile.path("height")) : wide;
            List<Integer> factors = factors(tile.path("scaleFactors"));
            if (wide > 0 && high > 0 && fits(wide, high)) tilings.add(new Tiling(wide, high, factors));
        });
        boolean full = tilings.stream().anyMatch(tiling -> tiling.factors().contains(1));
        if (!full) tilings.add(usual());
        return tilings;
    }

    private static List<Integer> factors(JsonNode list) {
        TreeSet<Integer> factors = new TreeSet<>();
        list.valueStream()
                .limit(MOST_FACTORS)
                .map(Json::number)
                .filter(factor -> factor > 0)
                .forEach(factors::add);
        return factors.isEmpty() ? List.of(1) : List.copyOf(factors);
    }

    /** What OpenSeadragon asks for where nothing is said, within the limits. */
    private Tiling usual() {
        int shortSide = Math.min(width(), height());
        int side = Math.min(shortSide, USUAL_TILES[2]);
        for (int usual : USUAL_TILES) if (usual <= shortSide && usual > side) side = usual;
        int wide = sensible(Json.number(info.path("tile_width")), width(), side);
        int high = sensible(Json.number(info.path("tile_height")), height(), wide);
        while (!fits(wide, high) && wide > 1 && high > 1) {
            wide = (wide + 1) / 2;
            high = (high + 1) / 2;
        }
        List<Integer> factors = info.has("scale_factors") ? factors(info.path("scale_factors")) : halvings(wide, high);
        return new Tiling(wide, high, factors);
    }

    /** Some servers tell the whole picture's size for a tile's, and then refuse it. */
    private static int sensible(int told, int side, int usual) {
        return told > 0 && told < side ? told : usual;
    }

    private List<Integer> halvings(int wide, int high) {
        List<Integer> factors = new ArrayList<>();
        for (int factor = 1; factors.size() < MOST_FACTORS - 2; factor *= 2) {
            factors.add(factor);
            if (Math.ceilDiv(width(), factor) <= wide && Math.ceilDiv(height(), factor) <= high) break;
        }
        return factors;
    }

    private boolean fits(int wide, int high) {
        int mostWide = limit("maxWidth", Integer.MAX_VALUE);
        int mostHigh = limit("maxHeight", mostWide);
        long mostArea = limit("maxArea", Integer.MAX_VALUE);
        return wide <= mostWide && high <= mostHigh && (long) wide * high <= mostArea;
    }

    /** At the top, or from version 2 in one of the profiles. */
    private int limit(String name, int none) {
        int least = Json.number(info.path(name)) > 0 ? Json.number(info.path(name)) : none;
        for (JsonNode profile : info.path("profile").valueStream().toList()) {
            int told = Json.number(profile.path(name));
            if (told > 0) least = Math.min(least, told);
        }
        return least;
    }

    private Level whole(int wide, int high) {
        return new Level("", wide, high, wide, high, 0, List.of((column, row) -> wholeAddress(wide, high)));
    }

    private String wholeAddress(int wide, int high) {
        String size =
                wide == width() && sizes().isEmpty() ? complete() : version() == 3 ? wide + "," + high : wide + ",";
        return "%s/full/%s/0/%s".formatted(base, size, file());
    }

    private String complete() {
        return version() == 3 ? "max" : "full";
    }

    private Level level(Tiling tiling, int factor) {
        int wide = Math.ceilDiv(width(), factor);
        int high = Math.ceilDiv(height(), factor);
        Tiles usual = (column, row) -> address(tiling, factor, column, row, false);
        Tiles byWidth = (column, row) -> address(tiling, factor, column, row, true);
        List<Tiles> ways = version() < 3 && isLevel0() ? List.of(byWidth, usual) : List.of(usual, byWidth);
        return new Level("", wide, high, Math.min(tiling.width(), wide), Math.min(tiling.height(), high), 0, ways);
    }

    private String address(Tiling tiling, int factor, int column, int row, boolean byWidth) {
        long x = (long) column * tiling.width() * factor;
        long y = (long) row * tiling.height() * factor;
        long across = Math.min((long) tiling.width() * factor, width() - x);
        long down = Math.min((long) tiling.height() * factor, height() - y);
        long wide = Math.ceilDiv(across, factor);
        long high = Math.ceilDiv(down, factor);
        boolean all = across == width() && down == height();
        String region = all ? "full" : "%d,%d,%d,%d".formatted(x, y, across, down);
        // Whole pictures are asked for by their width, up to version 2.
        String size =
                all && factor == 1 ? complete() : byWidth || all && version() < 3 ? wide + "," : wide + "," + high;
        return "%s/%s/%s/0/%s".formatted(base, region, size, file());
    }

    /** PNG is much larger, and some servers list it and then refuse. */
    private String file() {
        return (version() == 1 ? "native" : "default") + ".jpg";
    }
}
