package giga.redraw.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import giga.canvas.Region;
import giga.diffusion.Planes;
import giga.redraw.Drawn;
import giga.redraw.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileResultsTest {
    private static final Tile TILE =
            new Tile(3, 1, 1, new Region(40, 24, 32, 16), new Region(48, 26, 20, 10), new Region(46, 24, 24, 14));

    @TempDir
    Path folder;

    private TileResults results;
    private Path pixels;
    private Path entry;

    @BeforeEach
    void results() {
        results = new TileResults(folder.resolve("tiles"), folder.resolve("ledger"));
        pixels = folder.resolve("tiles/3.raw");
        entry = folder.resolve("ledger/3");
    }

    /** Value of a channel at a place of the canvas, some of them out of range. */
    private static float value(int x, int y, int channel) {
        return (float) (128 + 150 * Math.sin(x * 0.7 + y * 1.3 + channel));
    }

    private static Planes redrawn() {
        Region read = TILE.read();
        float[] values = new float[3 * (int) read.area()];
        for (int i = 0; i < values.length; i++) {
            int inPlane = i % (int) read.area();
            values[i] =
                    value(read.x() + inPlane % read.width(), read.y() + inPlane / read.width(), i / (int) read.area());
        }
        return new Planes(1, 3, read.height(), read.width(), values);
    }

    @Test
    void anyPartComesBackToHalfAStepOfAGreyLevelsHundredth() {
        assertThat(results.has(TILE)).isFalse();
        results.store(TILE, redrawn(), 1.5);
        assertThat(results.has(TILE)).isTrue();
        for (Region part : new Region[] {TILE.write(), TILE.core(), new Region(60, 30, 1, 3)}) {
            Drawn drawn = results.read(TILE, part);
            assertThat(drawn.region()).isEqualTo(part);
            for (int i = 0; i < drawn.rgb().length; i++) {
                float exact = value(part.x() + i / 3 % part.width(), part.y() + i / 3 / part.width(), i % 3);
                assertThat(drawn.rgb()[i]).isCloseTo(Math.clamp(exact, 0, 255), offset(1 / 512f));
            }
        }
    }

    @Test
    void infinitiesAreCutAndNoNumberIsRefused() {
        Planes planes = redrawn();
        Arrays.fill(planes.values(), Float.POSITIVE_INFINITY);
        results.store(TILE, planes, 0);
        assertThat(results.read(TILE, TILE.write()).rgb()).containsOnly(255);
        Region read = TILE.read();
        planes.values()[
                (TILE.core().y() - read.y()) * read.width() + TILE.core().x() - read.x()] = Float.NaN;
        assertThatThrownBy(() -> results.store(TILE, planes, 0)).hasMessageContaining("NaN");
    }

    @Test
    void theFileIsAsDescribed() throws IOException {
        results.store(TILE, redrawn(), 1.5);
        byte[] bytes = Files.readAllBytes(pixels);
        assertThat(bytes).hasSize(20 + 2 * 3 * 24 * 14 + 4).startsWith("GT01".getBytes());
        assertThat(bytes[4]).isEqualTo((byte) 46);
        int first = (bytes[20] & 0xFF) | (bytes[21] & 0xFF) << 8;
        assertThat(first).isEqualTo(Math.round(256 * Math.clamp(value(46, 24, 0), 0, 255)));
        assertThat(Files.readString(entry)).matches("crc32c [0-9a-f]{8} seconds 1\\.500\n");
    }

    @Test
    void aTileWithoutEntryIsNotFinished() {
        results.store(TILE, redrawn(), 1.5);
        results.strike(TILE);
        assertThat(results.has(TILE)).isFalse();
        assertThat(pixels).doesNotExist();
    }

    @Test
    void everyDamageToThePixelsIsNoticed() throws IOException {
        results.store(TILE, redrawn(), 1.5);
        byte[] whole = Files.readAllBytes(pixels);
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            byte[] mutated =
                    random.nextInt(10) == 0 ? Arrays.copyOf(whole, random.nextInt(2 * whole.length)) : whole.clone();
            for (int edits = 1 + random.nextInt(3); edits > 0 && mutated.length > 0; edits--)
                mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            if (Arrays.equals(mutated, whole)) continue;
            Files.write(pixels, mutated);
            assertThatThrownBy(() -> results.has(TILE))
                    .isInstanceOf(DamagedTileException.class)
                    .hasMessageContaining(pixels.toString());
            assertThatThrownBy(() -> results.read(TILE, TILE.core())).isInstanceOf(DamagedTileException.class);
        }
    }

    @Test
    void aDamagedEntryIsNoticedOrMeansTheSame() throws IOException {
        results.store(TILE, redrawn(), 1.5);
        byte[] whole = Files.readAllBytes(entry);
        Random random = new Random(6);
        int noticed = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] mutated =
                    random.nextInt(10) == 0 ? Arrays.copyOf(whole, random.nextInt(3 * whole.length)) : whole.clone();
            if (mutated.length > 0) mutated[random.nextInt(mutated.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(entry, mutated);
            try {
                // Only the seconds may have changed; nothing is decided by them.
                assertThat(results.has(TILE)).isTrue();
                assertThat(mutated).startsWith(Arrays.copyOf(whole, 24));
            } catch (DamagedTileException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(2_000);
    }
}
