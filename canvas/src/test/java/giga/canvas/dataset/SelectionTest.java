package giga.canvas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final int QUARTER = 512;

    private static Cropping cropping(int count, Integer... scales) {
        return new Cropping(64, List.of(scales), count, 0, 3, 1);
    }

    @Test
    void fourCropsOfFourTexturesShowAllOfThem() {
        Picture picture = new Made(2 * QUARTER, 2 * QUARTER, SelectionTest::fourTextures);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(quarters(chosen(picture, new Cropping(64, List.of(1), 4, 0, 3, seed)), 0.5))
                    .as("seed %d", seed)
                    .hasSize(4);
            assertThat(quarters(chosen(picture, new Cropping(64, List.of(1), 8, 0, 3, seed)), 1))
                    .as("seed %d, whole crops of one texture", seed)
                    .hasSize(4);
        }
    }

    @Test
    void flatDarkAndBrightPlacesAreLeftOut() {
        // Only the lower right quarter has texture between black and white.
        Picture picture = new Made(2 * QUARTER, 2 * QUARTER, (x, y) -> {
            if (x < QUARTER && y < QUARTER) return grey(128 + (x + y) % 2);
            if (x < QUARTER) return grey(noise(x, y, 20));
            return grey(y < QUARTER ? 235 + noise(x, y, 20) : 90 + noise(x, y, 80));
        });
        List<Candidate> chosen = chosen(picture, cropping(500, 1, 2));
        assertThat(chosen).hasSizeGreaterThan(50).extracting(Candidate::scale).contains(1, 2);
        assertThat(chosen)
                .extracting(Candidate::region)
                .allMatch(region -> region.x() >= QUARTER && region.y() >= QUARTER);
        assertThat(chosen(new Made(300, 300, (x, y) -> grey(128)), cropping(9, 1)))
                .isEmpty();
    }

    @Test
    void marginsAreTrimmed() {
        // A table of 40 black pixels and more around the picture, whose own pixels vary enough for both.
        Region inner = new Region(40, 40, 900, 900);
        Picture picture = new Made(
                1000, 1000, (x, y) -> inner.contains(new Region(x, y, 1, 1)) ? grey(60 + noise(x, y, 150)) : grey(3));
        List<Candidate> chosen = chosen(picture, cropping(1000, 1));
        assertThat(chosen).hasSizeGreaterThan(100).allMatch(crop -> {
            long black =
                    crop.region().area() - crop.region().intersection(inner).area();
            return black <= 0.06 * crop.region().area();
        });
    }

    @Test
    void strokesHaveADirectionAndNoiseHasNone() {
        Features noise = only((x, y) -> grey(60 + noise(x, y, 120)));
        assertThat(noise.coherence()).isLessThan(0.05);
        assertThat(noise.across()).isCloseTo(noise.down(), within(1.0));
        for (int degrees = 0; degrees < 180; degrees += 15) {
            double angle = Math.toRadians(degrees);
            Features strokes = only((x, y) ->
                    grey((int) (128 + 60 * Math.sin(2 * Math.PI * (y * Math.cos(angle) - x * Math.sin(angle)) / 9))));
            assertThat(strokes.coherence()).isGreaterThan(0.95);
            double off = Math.abs(strokes.direction() - degrees);
            assertThat(Math.min(off, 180 - off)).as("%d degrees", degrees).isLessThan(2);
        }
        assertThat(only(SelectionTest::red).a()).isGreaterThan(20);
    }

    private static Features only(Painting painting) {
        return chosen(new Made(64, 64, painting), cropping(1, 1)).getFirst().features();
    }

    @Test
    void cropsOfOneScaleShareNoPixelAndScalesMix() {
        Picture picture = new Made(1024, 1024, SelectionTest::fourTextures);
        List<Candidate> chosen = chosen(picture, cropping(60, 1, 2, 4));
        assertThat(chosen).hasSize(60).extracting(Candidate::scale).contains(1, 2, 4);
        for (Candidate one : chosen) {
            assertThat(one.region().width()).isEqualTo(64 * one.scale());
            assertThat(picture.bounds().contains(one.region())).isTrue();
            for (Candidate other : chosen)
                assertThat(one != other && one.overlaps(other)).isFalse();
        }
    }

    @Test
    void theSameSeedChoosesTheSameAndAnotherDoesNot() {
        Picture picture = new Made(1024, 1024, SelectionTest::fourTextures);
        List<Candidate> first = chosen(picture, cropping(30, 1, 2));
        assertThat(chosen(picture, cropping(30, 1, 2))).isEqualTo(first);
        assertThat(chosen(picture, new Cropping(64, List.of(1, 2), 30, 0, 3, 2)))
                .isNotEqualTo(first);
    }

    @Test
    void severalPicturesAllComeInAndEachToItsBound() {
        Selection selection = new Selection(new Cropping(64, List.of(1), 9, 3, 3, 0));
        for (int i = 0; i < 4; i++) {
            int base = 40 * i;
            selection.add(i, new Made(512, 512, (x, y) -> grey(40 + base + noise(x, y, 60))), _ -> {});
        }
        assertThat(selection.chosen().values()).allMatch(crops -> crops.size() <= 3);
        assertThat(selection.chosen().values().stream().mapToInt(List::size).sum())
                .isEqualTo(9);
        assertThat(selection.chosen()).hasSizeGreaterThan(2);
    }

    @Test
    void aPictureIsReadOnceInSmallParts() {
        byte[] block = new byte[3 << 22];
        RandomGenerator.of("L64X128MixRandom").nextBytes(block);
        AtomicLong read = new AtomicLong();
        AtomicLong largest = new AtomicLong();
        int side = 8192;
        Picture picture = new Picture() {
            @Override
            public int width() {
                return side;
            }

            @Override
            public int height() {
                return side;
            }

            @Override
            public Pixels read(Region region) {
                read.addAndGet(region.area());
                largest.accumulateAndGet(region.area(), Math::max);
                byte[] rgb = new byte[3 * region.width() * region.height()];
                System.arraycopy(block, 0, rgb, 0, Math.min(block.length, rgb.length));
                return new Pixels(region.width(), region.height(), rgb);
            }
        };
        List<Candidate> chosen = chosen(picture, new Cropping(768, List.of(1, 2, 4, 8), 20, 0, 3, 0));
        assertThat(chosen).isNotEmpty();
        assertThat(read.get()).isEqualTo((long) side * side);
        assertThat(largest.get()).isLessThanOrEqualTo(1536 * 1536);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (int size : new int[] {-1, 0, 63, 100, 2112})
            assertThatThrownBy(() -> new Cropping(size, List.of(1), 1, 0, 3, 0))
                    .isInstanceOf(PictureException.class)
                    .hasMessageContaining("size " + size);
        for (List<Integer> scales : List.of(List.<Integer>of(), List.of(3), List.of(1, 0), List.of(-2)))
            assertThatThrownBy(() -> new Cropping(64, scales, 1, 0, 3, 0)).hasMessageContaining("scales");
        assertThatThrownBy(() -> new Cropping(64, List.of(1), 0, 0, 3, 0)).hasMessageContaining("count 0");
        assertThatThrownBy(() -> new Cropping(64, List.of(1), 1, -1, 3, 0)).hasMessageContaining("per picture");
        assertThatThrownBy(() -> new Cropping(64, List.of(1), 1, 0, Double.NaN, 0))
                .hasMessageContaining("flat NaN");
    }

    private static List<Candidate> chosen(Picture picture, Cropping cropping) {
        Selection selection = new Selection(cropping);
        selection.add(0, picture, _ -> {});
        return new ArrayList<>(selection.chosen().getOrDefault(0, List.of()));
    }

    /** The quarters that fill at least such a share of some crop. */
    private static Set<Integer> quarters(List<Candidate> crops, double share) {
        return IntStream.range(0, 4)
                .filter(i -> crops.stream().map(Candidate::region).anyMatch(crop -> {
                    Region quarter = new Region(i % 2 * QUARTER, i / 2 * QUARTER, QUARTER, QUARTER);
                    return quarter.intersects(crop)
                            && quarter.intersection(crop).area() >= share * crop.area();
                }))
                .boxed()
                .collect(Collectors.toSet());
    }

    /** Level strokes, upright strokes, noise, and coarse red patches. */
    private static int fourTextures(int x, int y) {
        if (x < QUARTER && y < QUARTER) return grey(100 + 40 * (y / 3 % 2) + noise(x, y, 12));
        if (y < QUARTER) return grey(100 + 40 * (x / 3 % 2) + noise(x, y, 12));
        if (x < QUARTER) return grey(60 + noise(x, y, 120));
        return red(x, y);
    }

    private static int red(int x, int y) {
        return 150 + 60 * ((x / 9 + y / 7) % 2) << 16 | 60 + noise(x, y, 20) << 8 | 40;
    }

    private static int grey(int level) {
        return level << 16 | level << 8 | level;
    }

    /** 0 to {@code span}, other for each pixel. */
    private static int noise(int x, int y, int span) {
        int mixed = (x * 0x1F123BB5) ^ (y * 0x5F356495);
        mixed = (mixed ^ mixed >>> 15) * 0x2C1B3C6D;
        return Math.floorMod(mixed ^ mixed >>> 13, span + 1);
    }

    private interface Painting {
        int rgb(int x, int y);
    }

    private record Made(int width, int height, Painting painting) implements Picture {
        @Override
        public Pixels read(Region region) {
            Pixels pixels = new Pixels(region.width(), region.height());
            IntStream.range(0, region.height()).forEach(y -> {
                for (int x = 0; x < region.width(); x++) {
                    int rgb = painting.rgb(region.x() + x, region.y() + y);
                    int at = 3 * (y * region.width() + x);
                    pixels.rgb()[at] = (byte) (rgb >> 16);
                    pixels.rgb()[at + 1] = (byte) (rgb >> 8);
                    pixels.rgb()[at + 2] = (byte) rgb;
                }
            });
            return pixels;
        }
    }
}
