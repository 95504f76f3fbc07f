package giga.canvas.dezoom.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages and a tile as the server gave them in several years: -Dgiga.testJvm="-Dgiga.dezoom=DIR". */
class KnownGooglePagesTest {
    private static final String INFO = "<TileInfo tile_width=\"512\" tile_height=\"512\">"
            + "<pyramid_level num_tiles_x=\"1\" num_tiles_y=\"1\" empty_pels_x=\"0\" empty_pels_y=\"0\"/></TileInfo>";

    private final String data = System.getProperty("giga.dezoom", "");

    @BeforeEach
    void given() {
        assumeThat(data).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "page_source, https://lh5.ggpht.com/4AX4ua174encReZyEE7dTu0_RgBrBi79iqHamKQJtZnIBA5xqKBQib8DNvnq, RQhR1krE-uvCYNXm5CmP6k2MuPY",
        "page_source_wildflower, https://lh5.ggpht.com/D0sqZ0sJbzoQeYFoySoXLJqgLMfXhi8-gGVGRqD_UEYUqkqk9Eqdxx5NNaw, mcOPEQJmk1514hP_dJkpwVwIhPU",
        "page_source_newformat, https://lh6.ggpht.com/V4etPVsk7ooKgotTWex4Cat1uaXYEYV9yaan76p1PMZTikOxZvc6QRAArifFStw, K7E6UJlQsaoENCVi1uyxnnkiB4s",
        "page_source_2021-06-30, https://lh3.googleusercontent.com/uHsSuY7ZkqoUY5xOkiRO2THfT7i9yLT9TXjlxr4IufwA3eO33QvjWDmWkldtINkh, 7jSbhbZBiRhB4YLYrYIMQJQ6uxE",
        "page_source_null, https://lh6.ggpht.com/lzVeTLZkOLzaRoI6WjNRYfNhu4I20a7L_Eko7DBb1iHR8YjzErIGRTmt6A, ''"
    })
    void pagesNameTheirPicture(String page, String base, String token) throws IOException {
        byte[] text = Files.readAllBytes(Path.of(data, "google-arts", page + ".excerpt.txt"));
        Answer.More more = (Answer.More) new GoogleArts().read("https://artsandculture.google.com/asset/x", text);
        assertThat(more.address()).isEqualTo(base + "=g");
        Answer.Levels levels =
                (Answer.Levels) more.reader().read(more.address(), INFO.getBytes(StandardCharsets.UTF_8));
        assertThat(levels.levels().getFirst().ways().getFirst().address(0, 0))
                .isEqualTo(GoogleTile.address(base, token, 0, 0, 0));
    }

    @Test
    void theEncryptedTileIsThePlainOne() throws IOException {
        Path folder = Path.of(data, "google-arts");
        assertThat(GoogleTile.opened(Files.readAllBytes(folder.resolve("tile_encrypted.bin"))))
                .isEqualTo(Files.readAllBytes(folder.resolve("tile.jpg")));
    }
}
