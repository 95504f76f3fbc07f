package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Scratch;
import giga.canvas.input.PictureInfo;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Levels read back as stored pictures; tools/check_zarr.py does the same with zarr-python. */
class OmeZarrTest {
    @Property(tries = 15)
    void everyLevelComesBack(
            @ForAll @IntRange(min = 1, max = 1100) int width, @ForAll @IntRange(min = 1, max = 2100) int height)
            throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Pixels level = PixelsInMemory.noise(width, height, 5);
            Path folder = scratch.resolve("a.zarr");
            PictureWriter.write(level, folder, PictureMetadata.NONE, _ -> {});
            JsonNode datasets = image(folder).path("datasets");
            for (int i = 0; i < datasets.size(); i++, level = Halving.of(level)) {
                ZarrPicture back = ZarrPicture.openComplete(
                        folder.resolve(datasets.get(i).path("path").stringValue()));
                assertThat(back.width()).isEqualTo(level.width());
                assertThat(back.read(back.bounds()).rgb()).isEqualTo(level.rgb());
            }
            assertThat(Math.max(level.width(), level.height())).isLessThanOrEqualTo(256);
        }
    }

    @Example
    void tellsWhatItIs() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path folder = scratch.resolve("a.zarr");
            PictureMetadata metadata = new PictureMetadata(
                    Optional.empty(), OptionalDouble.of(300), Map.of(PictureInfo.PARAMETERS, "\"城\", Steps: 20"));
            PictureWriter.write(new Pixels(1500, 20), folder, metadata, _ -> {});
            JsonNode attributes =
                    JsonMapper.shared().readTree(folder.resolve("zarr.json")).path("attributes");
            assertThat(attributes.path("parameters").stringValue()).isEqualTo("\"城\", Steps: 20");
            assertThat(attributes.path("dpi").doubleValue()).isEqualTo(300);
            assertThat(attributes.path("ome").path("version").stringValue()).isEqualTo("0.5");
            assertThat(image(folder)
                            .path("datasets")
                            .path(2)
                            .path("coordinateTransformations")
                            .toString())
                    .contains("[1,4,4]", "[0,1.5,1.5]");
        }
    }

    private static JsonNode image(Path folder) {
        return JsonMapper.shared()
                .readTree(folder.resolve("zarr.json"))
                .path("attributes")
                .path("ome")
                .path("multiscales")
                .path(0);
    }

    @Example
    void replacesAPictureButNoOtherFolder() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path folder = scratch.resolve("a.zarr");
            PictureWriter.write(new Pixels(1500, 20), folder, PictureMetadata.NONE, _ -> {});
            PictureWriter.write(new Pixels(20, 20), folder, PictureMetadata.NONE, _ -> {});
            assertThat(folder.resolve("1")).doesNotExist();
            Path other = Files.createDirectory(scratch.resolve("b.zarr"));
            assertThatThrownBy(() -> PictureWriter.check(other, 10, 10))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("no Zarr picture");
            try (var left = Files.list(scratch.path())) {
                assertThat(left).hasSize(2);
            }
        }
    }
}
