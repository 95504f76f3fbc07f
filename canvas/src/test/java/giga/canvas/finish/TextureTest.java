package giga.canvas.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.PixelsInMemory;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextureTest {
    /** Stands for a texture's file; what it holds the tests say. */
    private static final String FILE = "pom.xml";

    private static final Pixels WHITE = white(900, 700);

    @ParameterizedTest
    @EnumSource
    void whatIsMadeGoesOnFromEachEdgeAtTheOpposite(MadeTexture made) {
        Pixels pixels = made.pixels();
        assertThat(made.pixels().rgb()).isEqualTo(pixels.rgb());
        assertThat(seam(pixels)).isLessThanOrEqualTo(roughest(pixels));
        assertThat(seam(turned(pixels))).isLessThanOrEqualTo(roughest(turned(pixels)));
    }

    /** Light falls unevenly on a scan: without blending, its edges would not fit. */
    @Test
    void aFileIsTiledWithoutASeamAndAsRoughAtItsEdgesAsElsewhere() {
        Pixels scan = PixelsInMemory.noise(300, 280, 8);
        for (int y = 0; y < 280; y++)
            for (int i = 0; i < 900; i++) {
                int level = 100 + i / 12 + y / 8 + (scan.rgb()[y * 900 + i] & 0xFF) / 8;
                scan.rgb()[y * 900 + i] = (byte) level;
            }
        assertThat(seam(scan)).isGreaterThan(Math.max(4, roughest(scan)));
        Picture seamless = SeamlessPicture.of(scan);
        Pixels period = seamless.read(seamless.bounds());
        assertThat(seam(period)).isCloseTo(1, within(0.1));
        assertThat(seam(turned(period))).isCloseTo(1, within(0.1));
        double inside = steps(period, 150, 180);
        assertThat(steps(period, 2, 68)).isCloseTo(inside, within(0.06 * inside));
    }

    @Property(tries = 200)
    void aSeamlessPictureHasTheSamePixelsWhateverRegionIsRead(
            @ForAll @IntRange(min = 8, max = 90) int width,
            @ForAll @IntRange(min = 8, max = 90) int height,
            @ForAll long seed) {
        Random random = new Random(seed);
        Picture seamless = SeamlessPicture.of(PixelsInMemory.noise(width, height, seed));
        Pixels whole = seamless.read(seamless.bounds());
        Region region = anyPart(seamless.bounds(), random);
        assertThat(seamless.read(region).rgb()).isEqualTo(whole.read(region).rgb());
        Surface repeated = new RepeatedSurface(seamless);
        int right = random.nextInt(-3, 3) * seamless.width();
        int down = random.nextInt(-3, 3) * seamless.height();
        Region elsewhere = new Region(region.x() + right, region.y() + down, region.width(), region.height());
        assertThat(repeated.read(elsewhere).rgb()).isEqualTo(whole.read(region).rgb());
    }

    @Test
    void aTiledTextureCanBeScaledAndStillFitsItself() {
        Pixels file = Resample.resize(PixelsInMemory.noise(20, 20, 2), 120, 120, Filter.BICUBIC);
        Texture texture = new Texture(FILE, 1, Blend.NORMAL, Texture.Fit.TILE, 1.7, Tone.NEUTRAL);
        Pixels laid = laid(texture, file);
        int period = (int) Math.round(90 * 1.7);
        Region first = new Region(0, 0, period, period);
        Region later = new Region(3 * period, 2 * period, period, period);
        assertThat(laid.read(later).rgb()).isEqualTo(laid.read(first).rgb());
        assertThat(seam(laid.read(first))).isLessThanOrEqualTo(roughest(laid.read(first)));
    }

    @Test
    void aStretchedTextureIsTheResizedFile() {
        Pixels file = PixelsInMemory.noise(33, 21, 5);
        Texture texture = new Texture(FILE, 1, Blend.NORMAL, Texture.Fit.STRETCH, 1, Tone.NEUTRAL);
        assertThat(laid(texture, file).rgb())
                .isEqualTo(Resample.resize(file, WHITE.width(), WHITE.height(), Filter.LANCZOS)
                        .rgb());
    }

    @Test
    void aLargeFileIsReadWhereItIsNeeded() {
        AtomicLong largest = new AtomicLong();
        Picture large = new Picture() {
            @Override
            public int width() {
                return 12_000;
            }

            @Override
            public int height() {
                return 9_000;
            }

            @Override
            public Pixels read(Region region) {
                largest.accumulateAndGet(region.area(), Math::max);
                return white(region.width(), region.height());
            }
        };
        for (Texture.Fit fit : Texture.Fit.values())
            assertThat(laid(new Texture(FILE, 1, Blend.MULTIPLY, fit, 1, Tone.NEUTRAL), large)
                            .rgb())
                    .isEqualTo(WHITE.rgb());
        assertThat(largest.get()).isLessThan(4 << 20);
    }

    @Test
    void itsToneIsItsOwn() {
        Pixels file = PixelsInMemory.noise(64, 64, 5);
        Texture texture = new Texture(FILE, 1, Blend.NORMAL, Texture.Fit.STRETCH, 1, new Tone(10, -30, 0.5));
        Pixels laid = laid(texture, file);
        Pixels plain = Resample.resize(file, WHITE.width(), WHITE.height(), Filter.LANCZOS);
        for (int i = 0; i < plain.rgb().length; i += 97)
            assertThat((double) (laid.rgb()[i] & 0xFF))
                    .isCloseTo(texture.tone().of(plain.rgb()[i] & 0xFF), within(0.52));
    }

    @Test
    void whatCannotBeATextureIsRefused() {
        Texture file = new Texture(FILE, 1, Blend.NORMAL, Texture.Fit.TILE, 1, Tone.NEUTRAL);
        assertThatThrownBy(() -> laid(file, new Pixels(7, 300)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("7x300 pixels are too few; give one of 8x8");
        assertThat(laid(file, new Pixels(8, 8)).rgb()).hasSize(WHITE.rgb().length);
        assertThatThrownBy(() -> new Texture("paper", 1.01, Blend.NORMAL, Texture.Fit.TILE, 1, Tone.NEUTRAL))
                .hasMessageContaining("opacity 1.01");
        assertThatThrownBy(() -> new Texture("paper", 1, Blend.NORMAL, Texture.Fit.TILE, Double.NaN, Tone.NEUTRAL))
                .hasMessageContaining("texture-scale NaN");
        assertThatThrownBy(() -> new Texture("paper", 1, Blend.NORMAL, Texture.Fit.STRETCH, 2, Tone.NEUTRAL))
                .hasMessageContaining("leave it out");
    }

    private static Pixels laid(Texture texture, Picture file) {
        return new Finish(Finish.USUAL_ORDER, Sharpening.NONE, Grain.NONE, texture, Tone.NEUTRAL)
                .of(WHITE, _ -> file)
                .read(WHITE.bounds());
    }

    /** The mean step from the right edge on to the left one, in mean steps inside. */
    private static double seam(Pixels period) {
        double sum = 0;
        for (int y = 0; y < period.height(); y++)
            sum += Math.abs(period.sample(0, y, 1) - period.sample(period.width() - 1, y, 1));
        return sum / period.height() / steps(period, 0, period.width() - 1);
    }

    /** The same between two columns inside, where it is most: the gap between two threads is rougher than the threads. */
    private static double roughest(Pixels period) {
        double most = 0;
        for (int x = 0; x < period.width() - 1; x++) most = Math.max(most, steps(period, x, x + 1));
        return most / steps(period, 0, period.width() - 1);
    }

    private static double steps(Pixels pixels, int from, int to) {
        double sum = 0;
        for (int y = 0; y < pixels.height(); y++)
            for (int x = from; x < to; x++) sum += Math.abs(pixels.sample(x + 1, y, 1) - pixels.sample(x, y, 1));
        return sum / pixels.height() / (to - from);
    }

    private static Pixels turned(Pixels in) {
        Pixels out = new Pixels(in.height(), in.width());
        for (int y = 0; y < in.height(); y++)
            for (int x = 0; x < in.width(); x++)
                System.arraycopy(in.rgb(), 3 * (y * in.width() + x), out.rgb(), 3 * (x * in.height() + y), 3);
        return out;
    }

    private static Region anyPart(Region whole, Random random) {
        int x = random.nextInt(whole.width());
        int y = random.nextInt(whole.height());
        return new Region(x, y, 1 + random.nextInt(whole.width() - x), 1 + random.nextInt(whole.height() - y));
    }

    private static Pixels white(int width, int height) {
        Pixels white = new Pixels(width, height);
        Arrays.fill(white.rgb(), (byte) 255);
        return white;
    }
}
