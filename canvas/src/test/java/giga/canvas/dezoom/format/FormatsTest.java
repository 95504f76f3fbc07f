package giga.canvas.dezoom.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that were checked against the programs which make and show such pictures. */
class FormatsTest {
    private static final String XML =
            "<?xml version=\"1.0\"?><Image xmlns=\"http://schemas.microsoft.com/deepzoom/2008\" TileSize=\"254\" Overlap=\"1\" Format=\"jpg\"><Size Width=\"1000\" Height=\"1000\"/></Image>";
    private static final String JSON =
            "{\"Image\":{\"Format\":\"jpg\",\"Overlap\":\"1\",\"TileSize\":254,\"Size\":{\"Width\":\"1000\",\"Height\":1000}}}";

    @ParameterizedTest
    @ValueSource(strings = {XML, "\uFEFF" + XML, JSON, "show(" + JSON + ");"})
    void deepZoom(String text) {
        List<Level> levels = levels(new DeepZoom(), "http://h/a.b/p.dzi?v=1.2", text);
        assertThat(levels).hasSize(11);
        Level full = levels.getLast();
        assertThat(full).hasToString("1000x1000, 16 tiles");
        assertThat(full.stored(0, 0).width()).isEqualTo(255);
        assertThat(full.stored(1, 0).width()).isEqualTo(256);
        assertThat(full.stored(3, 0).width()).isEqualTo(239);
        assertThat(address(full, 3, 2)).isEqualTo("http://h/a.b/p_files/10/3_2.jpg?v=1.2");
        assertThat(levels.get(9)).hasToString("500x500, 4 tiles");
        assertThat(levels.getFirst()).hasToString("1x1, 1 tile");
    }

    @Test
    void deepZoomMayNameAnotherPlace() {
        String text = XML.replace("Format=", "Url=\"../tiles/\" Format=");
        assertThat(address(levels(new DeepZoom(), "https://h/x/p.xml", text).getLast(), 0, 0))
                .isEqualTo("https://h/tiles/10/0_0.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "1702, 2052, 91, '212x256 425x513 851x1026 1702x2052'",
        "1000, 1000, 21, '250x250 500x500 1000x1000'",
        "2052, 3185, 156, '128x200 256x398 514x796 1026x1592 2052x3185'"
    })
    void zoomify(int width, int height, int tiles, String sizes) {
        assertThat(String.join(
                        " ",
                        zoomifyLevels(width, height, tiles).stream()
                                .map(level -> level.width() + "x" + level.height())
                                .toList()))
                .isEqualTo(sizes);
    }

    @Test
    void zoomifyCountsTilesInGroups() {
        List<Level> levels = zoomifyLevels(12000, 9788, 2477);
        assertThat(address(levels.get(5), 0, 14)).isEqualTo("http://h/p/TileGroup1/5-0-14.jpg");
        assertThat(address(levels.get(5), 0, 15)).isEqualTo("http://h/p/TileGroup2/5-0-15.jpg");
        assertThat(levels.get(5).ways().get(1).address(0, 14)).isEqualTo("http://h/p/TileGroup2/5-0-14.jpg");
    }

    private static List<Level> zoomifyLevels(int width, int height, int tiles) {
        return levels(
                new Zoomify(),
                "http://h/p/ImageProperties.xml?t=1",
                "<IMAGE_PROPERTIES WIDTH=\"%d\" HEIGHT=\"%d\" NUMTILES=\"%d\" NUMIMAGES=\"1\" VERSION=\"1.8\" TILESIZE=\"256\" />"
                        .formatted(width, height, tiles));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 2000 | 1000 |                            | 2   | 0 | 0 | 0,0,1024,1000/512,500/0/native.jpg
            1 | 2000 | 1000 |                            | 2   | 1 | 0 | 1024,0,976,1000/488,500/0/native.jpg
            2 | 2000 | 1000 |                            | 1   | 3 | 1 | 1536,512,464,488/464,488/0/default.jpg
            2 | 2000 | 1000 | 1024:1,256                 | 256 | 0 | 0 | full/8,/0/default.jpg
            3 | 2000 | 1000 | 1024:1,256                 | 256 | 0 | 0 | full/8,4/0/default.jpg
            3 | 2000 | 1000 | 256:2,4,1                  | 4   | 0 | 0 | 0,0,1024,1000/256,250/0/default.jpg
            2 | 15001 | 48002 | 512:1,64                 | 64  | 0 | 0 | 0,0,15001,32768/235,512/0/default.jpg
            2 | 15001 | 48002 | 512:1,64                 | 64  | 0 | 1 | 0,32768,15001,15234/235,239/0/default.jpg
            3 | 300  | 200  | 512:1                      | 1   | 0 | 0 | full/max/0/default.jpg
            2 | 300  | 200  | 512:1                      | 1   | 0 | 0 | full/full/0/default.jpg
            """)
    void iiif(int version, int width, int height, String tiles, int factor, int column, int row, String tail) {
        String context = version == 1
                ? "http://library.stanford.edu/iiif/image-api/1.1/context.json"
                : "http://iiif.io/api/image/%d/context.json".formatted(version);
        String tiling = tiles == null
                ? ""
                : ", \"tiles\": [{\"width\": %s, \"scaleFactors\": [%s]}]".formatted((Object[]) tiles.split(":"));
        String info =
                "{\"@context\": [\"%s\"], \"@id\": \"http://museum.org/p\", \"profile\": \"level1\", \"width\": %d, \"height\": %d%s}"
                        .formatted(context, width, height, tiling);
        Level level = levels(new Iiif(), "http://museum.org/p/info.json", info).stream()
                .filter(each -> each.width() == Math.ceilDiv(width, factor))
                .findFirst()
                .orElseThrow();
        assertThat(address(level, column, row)).isEqualTo("http://museum.org/p/" + tail);
    }

    @Test
    void iiifThatOnlyHasWholeSizes() {
        String info =
                "{\"@context\": \"http://iiif.io/api/image/%d/context.json\", \"id\": \".\", \"profile\": \"level0\","
                        + "\"width\": 6976, \"height\": 5074, \"sizes\": [{\"width\": 400, \"height\": 291}, {\"width\": 6976, \"height\": 5074}]}";
        List<Level> levels = levels(new Iiif(), "http://museum.org/p/info.json", info.formatted(3));
        assertThat(levels).extracting(Level::toString).containsExactly("400x291, 1 tile", "6976x5074, 1 tile");
        assertThat(address(levels.getLast(), 0, 0)).isEqualTo("http://museum.org/p/full/6976,5074/0/default.jpg");
        assertThat(address(
                        levels(new Iiif(), "http://museum.org/p/info.json", info.formatted(2))
                                .getFirst(),
                        0,
                        0))
                .isEqualTo("http://museum.org/p/full/400,/0/default.jpg");
    }

    @Test
    void iiifKeepsToLimitsAndIgnoresLeftOverAddresses() {
        String info =
                "{\"@context\": \"http://iiif.io/api/image/3/context.json\", \"id\": \"http://localhost:8000/x\", \"width\": 1024, \"height\": 1024, \"maxArea\": 262144, \"tiles\": [{\"width\": 1024, \"scaleFactors\": [1]}]}";
        Level full = levels(new Iiif(), "https://museum.org/p/info.json", info).getFirst();
        assertThat(full).hasToString("1024x1024, 4 tiles");
        assertThat(address(full, 1, 1)).isEqualTo("https://museum.org/p/512,512,512,512/512,512/0/default.jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "https://lh3.googleusercontent.com/wGcDNN8L-2COcm9toX5BTp6HPxpMPPPuxrMU-ZL-W-nDHW8I_L4R5vlBJ6ITtlmONQ, KwCgJ1QIfgprHn0a93x7Q-HhJ04, =x0-y0-z7-tHeJ3xylnSyyHPGwMZimI4EV3JP8",
        "https://lh5.ggpht.com/D0sqZ0sJbzoQeYFoySoXLJqgLMfXhi8-gGVGRqD_UEYUqkqk9Eqdxx5NNaw, mcOPEQJmk1514hP_dJkpwVwIhPU, =x0-y0-z7-tBJ_NeDnzAKjz3ZbOzN_uFRRIbS0"
    })
    void googlesTilesAreSigned(String base, String token, String signed) {
        assertThat(GoogleTile.address(base, token, 0, 0, 7)).isEqualTo(base + signed);
    }

    @Test
    void googlesTilesAreOpened() throws IOException {
        HexFormat hex = HexFormat.of();
        byte[] tile = hex.parseHex("0a0a0a0a" + "babac0c0" + "10000000" + "01".repeat(16) + "deadbeaf" + "04000000");
        assertThat(hex.formatHex(GoogleTile.opened(tile)))
                .isEqualTo("babac0c0" + "ca251118030ff9aff186bdccbce26a4c" + "deadbeaf");
        byte[] plain = {1, 2, 3};
        assertThat(GoogleTile.opened(plain)).isEqualTo(plain);
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            byte[] mutated = tile.clone();
            mutated[4 + random.nextInt(tile.length - 4)] = (byte) random.nextInt(256);
            try {
                GoogleTile.opened(java.util.Arrays.copyOf(mutated, random.nextInt(tile.length + 1)));
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("an encrypted tile");
            }
        }
    }

    @Test
    void googlesPageLeadsToLevelsWithSignedTiles() {
        String page = "<html>\"name\":\"Keel\" ]\r\n,\"//lh5.ggpht.com/ci/4AX4_ua-1\",\"RQhR1krE-uvCY\",1.33,0";
        String info = "<TileInfo tile_width=\"512\" tile_height=\"512\">"
                + "<pyramid_level num_tiles_x=\"1\" num_tiles_y=\"1\" inverse_scale=\"16\" empty_pels_x=\"173\" empty_pels_y=\"257\"/>"
                + "<pyramid_level num_tiles_x=\"11\" num_tiles_y=\"8\" inverse_scale=\"1\" empty_pels_x=\"196\" empty_pels_y=\"16\"/></TileInfo>";
        String asset = "https://artsandculture.google.com/asset/keel/x";
        Map<String, String> web = Map.of(asset, page, "https://lh5.ggpht.com/ci/4AX4_ua-1=g", info);
        Detection.Found found = new Detection(address -> web.get(address).getBytes(UTF_8)).levels(asset);
        assertThat(found.format()).isEqualTo("Google Arts & Culture");
        assertThat(found.levels())
                .extracting(Level::toString)
                .containsExactly("339x255, 1 tile", "5436x4080, 88 tiles");
        assertThat(found.levels().getFirst().title()).isEqualTo("Keel");
        Level full = found.levels().getLast();
        assertThat(address(full, 3, 2))
                .isEqualTo(GoogleTile.address("https://lh5.ggpht.com/ci/4AX4_ua-1", "RQhR1krE-uvCY", 3, 2, 1));
        assertThat(full.ways().getFirst().key(3, 2)).isEqualTo("https://lh5.ggpht.com/ci/4AX4_ua-1=x3-y2-z1");
        assertThatThrownBy(() -> new Detection(address -> "<html>consent</html>".getBytes(UTF_8)).levels(asset))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("does not name its picture");
    }

    @Test
    void templates() {
        Template template = Template.in("http://h/{{x}}/{{ Y:03 }}.jpg").orElseThrow();
        assertThat(template.address(7, 5)).isEqualTo("http://h/7/005.jpg");
        assertThat(Template.in("http://h/p.dzi")).isEmpty();
        assertThatThrownBy(() -> Template.in("http://h/{{x}}.jpg")).hasMessageContaining("{{y}} where its row does");
        assertThatThrownBy(() -> Template.count((column, row) -> true))
                .hasMessageContaining("seems to answer anything");
    }

    @Property
    void aTemplatesTilesAreCounted(
            @ForAll @IntRange(min = 1, max = 200) int columns, @ForAll @IntRange(min = 1, max = 200) int rows) {
        assertThat(Template.count((column, row) -> column < columns && row < rows))
                .isEqualTo(new Template.Count(columns, rows));
    }

    @Test
    void whatNobodyKnowsIsSaidWithEveryonesReason() {
        assertThatThrownBy(() -> new Detection(address -> "hello".getBytes(UTF_8)).levels("http://h/x"))
                .isInstanceOf(PictureException.class)
                .hasMessageContainingAll(
                        "http://h/x: nobody knows", "Zoomify: ", "IIIF: ", "Deep Zoom: ", "a template");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Image TileSize='0' Format='jpg'><Size Width='10' Height='10'/></Image>",
                "<Image TileSize='254' Format='exe'><Size Width='10' Height='10'/></Image>",
                "<Image TileSize='254' Format='jpg'><Size Width='999999999' Height='10'/></Image>",
                "<Image TileSize='1' Format='jpg'><Size Width='100000' Height='100000'/></Image>",
                "<IMAGE_PROPERTIES WIDTH='0' HEIGHT='10' NUMTILES='1' TILESIZE='256'/>",
                "<IMAGE_PROPERTIES WIDTH='10' HEIGHT='10' NUMTILES='1' TILESIZE='0'/>",
                "{\"width\": 0, \"height\": 5, \"@id\": \"x\"}",
                "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><Image TileSize='&a;'/>"
            })
    void impossiblePicturesAreRefused(String text) {
        assertThatThrownBy(() -> new Detection(address -> text.getBytes(UTF_8)).levels("http://h/x"))
                .isInstanceOf(PictureException.class);
    }

    @Test
    void mutatedDescriptionsEndWell() {
        String[] texts = {
            XML,
            JSON,
            "<IMAGE_PROPERTIES WIDTH=\"1702\" HEIGHT=\"2052\" NUMTILES=\"91\" TILESIZE=\"256\"/>",
            "{\"@context\": \"http://iiif.io/api/image/2/context.json\", \"@id\": \"http://h/p\", \"width\": 1024, \"height\": 768, \"maxWidth\": 900, \"tiles\": [{\"width\": 256, \"scaleFactors\": [1, 2, 4]}], \"sizes\": [{\"width\": 400, \"height\": 300}], \"profile\": [\"level0\", {\"maxArea\": 99999}]}"
        };
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] text = texts[i % texts.length].getBytes(ISO_8859_1);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--)
                text[random.nextInt(text.length)] =
                        (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt(256));
            try {
                for (Level level : new Detection(address -> text)
                        .levels("http://h/info.json")
                        .levels())
                    for (Tiles way : level.ways())
                        assertThat(way.address(level.columns() - 1, level.rows() - 1))
                                .isNotBlank();
            } catch (PictureException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static String address(Level level, int column, int row) {
        return level.ways().getFirst().address(column, row);
    }

    private static List<Level> levels(Format format, String address, String text) {
        return ((Answer.Levels) format.read(address, text.getBytes(UTF_8))).levels();
    }
}
