package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.input.PictureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSetTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {".png", ".tif", ".zarr", ".dzi"})
    void allAreWrittenAndReplaced(String suffix) throws IOException {
        Map<Path, Picture> pictures = noise(suffix, 5);
        List<Long> told = new ArrayList<>();
        new PictureSet(pictures, PictureMetadata.NONE).write(told::add);
        assertThat(told).isSorted().last().isEqualTo(5L * 600 * 530);
        List<Path> names = list();
        Map<Path, Region> sizes = new LinkedHashMap<>();
        pictures.forEach((place, picture) -> sizes.put(place, picture.bounds()));
        assertThatThrownBy(() -> PictureSet.check(sizes, PictureMetadata.NONE, false))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("0" + suffix + " and 4 more of these names: there already");
        new PictureSet(pictures, PictureMetadata.NONE).write(_ -> {});
        assertThat(list()).isEqualTo(names).hasSize(suffix.equals(".dzi") ? 15 : 5);
        if (!suffix.equals(".dzi"))
            pictures.forEach((place, picture) -> {
                try (PictureFile file = PictureFile.open(place)) {
                    assertThat(file.read().rgb()).isEqualTo(((Pixels) picture).rgb());
                }
            });
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        Map<Path, Picture> pictures = noise(".png", 12);
        pictures.put(folder.resolve("damaged.png"), new Damaged());
        PictureSet set = new PictureSet(pictures, PictureMetadata.NONE);
        assertThatThrownBy(() -> set.write(_ -> {}))
                .isInstanceOf(PictureException.class)
                .hasMessage("damaged");
        assertThat(list()).isEmpty();
    }

    @Test
    void whatIsCancelledLeavesNothing() throws IOException {
        PictureSet set = new PictureSet(noise(".tif", 12), PictureMetadata.NONE);
        assertThatThrownBy(() -> set.write(pixels -> {
                    if (pixels > 3L * 600 * 530) throw new CancellationException("enough");
                }))
                .isInstanceOf(CancellationException.class)
                .hasMessage("enough");
        assertThat(list()).isEmpty();
    }

    private record Damaged() implements Picture {
        @Override
        public int width() {
            return 40;
        }

        @Override
        public int height() {
            return 40;
        }

        @Override
        public Pixels read(Region region) {
            throw new PictureException("damaged");
        }
    }

    private Map<Path, Picture> noise(String suffix, int count) {
        Map<Path, Picture> pictures = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Pixels pixels = new Pixels(600, 530);
            new Random(i).nextBytes(pixels.rgb());
            pictures.put(folder.resolve(i + suffix), pixels);
        }
        return pictures;
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
