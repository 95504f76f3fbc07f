package giga.canvas.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Read back by zlib. */
class DeflateTest {
    @Property(tries = 400)
    void comesBack(@ForAll("data") byte[] data) throws DataFormatException {
        assertThat(inflated(Deflate.zlib(data), data.length)).isEqualTo(data);
    }

    @Property(tries = 100)
    void partsMakeOneStream(@ForAll("data") byte[] first, @ForAll("data") byte[] second) throws DataFormatException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(Deflate.part(first, first.length));
        stream.writeBytes(Deflate.part(second, second.length / 2));
        stream.writeBytes(new byte[] {3, 0});
        Inflater inflater = new Inflater(true);
        inflater.setInput(stream.toByteArray());
        byte[] back = new byte[first.length + second.length / 2];
        assertThat(inflate(inflater, back)).isEqualTo(back.length);
        assertThat(inflater.finished()).isTrue();
        assertThat(Arrays.copyOf(back, first.length)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(back, first.length, back.length))
                .isEqualTo(Arrays.copyOf(second, second.length / 2));
    }

    /** Noise of some spread, stretches of one value, repetitions near and far. */
    @Provide
    Arbitrary<byte[]> data() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 300_000),
                        Arbitraries.doubles().between(0, 80),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.longs())
                .as(DeflateTest::make);
    }

    private static byte[] make(int length, double spread, int kind, long seed) {
        Random random = new Random(seed);
        byte[] data = new byte[length];
        for (int i = 0; i < length; ) {
            int run = Math.min(length - i, 1 + random.nextInt(2000));
            int back = 1 + random.nextInt(60_000);
            boolean copy = kind > 0 && i > back && random.nextInt(3) < kind;
            boolean flat = kind > 1 && random.nextInt(4) == 0;
            for (int end = i + run; i < end; i++)
                data[i] = copy ? data[i - back] : flat ? (byte) run : (byte) Math.round(random.nextGaussian() * spread);
        }
        return data;
    }

    private static byte[] inflated(byte[] zlib, int length) throws DataFormatException {
        Inflater inflater = new Inflater();
        inflater.setInput(zlib);
        byte[] back = new byte[length];
        assertThat(inflate(inflater, back)).isEqualTo(length);
        assertThat(inflater.inflate(new byte[1])).isZero();
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        return back;
    }

    private static int inflate(Inflater inflater, byte[] out) throws DataFormatException {
        int at = 0;
        while (at < out.length) {
            int got = inflater.inflate(out, at, out.length - at);
            if (got == 0) return at;
            at += got;
        }
        inflater.inflate(new byte[1]);
        return at;
    }

    @Example
    void rareSymbolsStayWithinTheLimit() {
        int[] fibonacci = new int[40];
        fibonacci[0] = fibonacci[1] = 1;
        for (int i = 2; i < 40; i++) fibonacci[i] = fibonacci[i - 1] + fibonacci[i - 2];
        Huffman code = Huffman.of(fibonacci, 12);
        double taken = 0;
        for (int length : code.lengths()) {
            assertThat(length).isBetween(1, 12);
            taken += Math.pow(2, -length);
        }
        assertThat(taken).isEqualTo(1);
    }

    @Example
    void isAsSmallAsZlibsFastestOnGrainAndOnFlatness() {
        byte[] grain = make(400_000, 6, 0, 1);
        assertThat(Deflate.zlib(grain).length).isLessThan((int) (1.01 * zlibs(grain)));
        assertThat(Deflate.zlib(new byte[400_000]).length).isLessThan(4000);
    }

    private static int zlibs(byte[] data) {
        try (Deflater deflater = new Deflater(1)) {
            deflater.setInput(data);
            deflater.finish();
            return deflater.deflate(new byte[2 * data.length]);
        }
    }
}
