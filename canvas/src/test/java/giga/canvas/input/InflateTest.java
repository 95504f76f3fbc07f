package giga.canvas.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflateTest {
    private static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 300, 5_000, 200_000})
    void givesWhatWasDeflated(int size) throws IOException {
        Random random = new Random(size);
        for (int kind = 0; kind < 5; kind++)
            for (int level = 0; level <= 9; level += 3)
                for (int strategy : STRATEGIES) {
                    byte[] data = data(kind, size, random);
                    byte[] out = new byte[size];
                    assertThat(Inflate.fill(deflated(data, level, strategy), out))
                            .isEqualTo(size);
                    assertThat(out)
                            .as("kind %d level %d strategy %d", kind, level, strategy)
                            .isEqualTo(data);
                }
    }

    @Test
    void whatIsMoreThanTheRoomIsRefused() {
        byte[] stored = deflated(data(1, 3000, new Random(1)), 6, Deflater.DEFAULT_STRATEGY);
        assertThatThrownBy(() -> Inflate.fill(stored, new byte[2999]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 2999 bytes");
    }

    /** Zlib is the judge: damaged data gives the same bytes as there, or is refused as there. */
    @Test
    void agreesWithZlibOnDamagedData() throws DataFormatException {
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] data = data(random.nextInt(5), 1 + random.nextInt(400), random);
            byte[] stored = deflated(data, random.nextInt(10), STRATEGIES[random.nextInt(3)]);
            if (random.nextInt(4) == 0) stored = Arrays.copyOf(stored, random.nextInt(stored.length));
            for (int flips = random.nextInt(4); flips > 0 && stored.length > 0; flips--)
                stored[random.nextInt(Math.min(stored.length, 1 + random.nextInt(200)))] ^=
                        (byte) (1 << random.nextInt(8));
            byte[] expected = new byte[data.length];
            byte[] out = new byte[data.length];
            int length = zlib(stored, expected);
            if (length < 0) {
                refused++;
                byte[] damaged = stored;
                assertThatThrownBy(() -> Inflate.fill(damaged, out)).isInstanceOf(IOException.class);
                continue;
            }
            try {
                int got = Inflate.fill(stored, out);
                // Of data that ends within a symbol zlib may know a byte more or less.
                assertThat(got).isLessThanOrEqualTo(length);
                assertThat(Arrays.copyOf(out, got)).isEqualTo(Arrays.copyOf(expected, got));
                if (length == data.length) assertThat(got).isEqualTo(length);
            } catch (IOException e) {
                throw new AssertionError("case " + i + " is refused and should give " + length, e);
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    /** How far it goes, or -1. */
    private static int zlib(byte[] stored, byte[] out) {
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(stored);
            int got = 0;
            while (got < out.length) {
                int more = inflater.inflate(out, got, out.length - got);
                if (more == 0) return inflater.needsDictionary() ? -1 : got;
                got += more;
            }
            return inflater.inflate(new byte[1]) > 0 ? -1 : got;
        } catch (DataFormatException e) {
            return -1;
        }
    }

    /** Noise, words, a gradient with grain, nothing, and all by turns. */
    private static byte[] data(int kind, int size, Random random) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++)
            data[i] = (byte)
                    switch (kind == 4 ? i / 1000 % 4 : kind) {
                        case 0 -> random.nextInt();
                        case 1 -> "canvas and brushes ".charAt(Math.floorMod(i * i / 50, 19));
                        case 2 -> 4 * random.nextGaussian();
                        default -> 7;
                    };
        return data;
    }

    private static byte[] deflated(byte[] data, int level, int strategy) {
        try (Deflater deflater = new Deflater(level)) {
            deflater.setStrategy(strategy);
            deflater.setInput(data);
            deflater.finish();
            byte[] out = new byte[data.length + data.length / 100 + 100];
            int length = 0;
            while (!deflater.finished()) length += deflater.deflate(out, length, out.length - length);
            return Arrays.copyOf(out, length);
        }
    }
}
