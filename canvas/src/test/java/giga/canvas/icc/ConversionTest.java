package giga.canvas.icc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
    private static final IccProfile RGB = IccProfile.of("rgb", MadeProfiles.rgb());
    private static final IccProfile CMYK = IccProfile.of("cmyk", MadeProfiles.cmyk());

    static List<String> golden() throws IOException {
        try (var lines =
                new BufferedReader(new InputStreamReader(ConversionTest.class.getResourceAsStream("littlecms.txt")))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void isThatOfLittleCmsWithinALevel(String line) {
        String[] fields = line.split(" ");
        IccProfile to = switch (fields[1]) {
            case "rgb" -> RGB;
            case "grey" -> IccProfile.of("grey", MadeProfiles.grey());
            default -> CMYK;
        };
        Intent intent = Intent.values()[Integer.parseInt(fields[2])];
        boolean blackPoint = fields[3].equals("1");
        Conversion conversion = fields[0].equals("proof")
                ? Conversion.proof(RGB, to, intent, blackPoint)
                : Conversion.of(RGB, to, intent, blackPoint);
        byte[] expected = HexFormat.of().parseHex(fields[4]);
        byte[] actual = conversion.convert(MadeProfiles.colours());
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(mostApart(expected, actual)).as(line.substring(0, 20)).isLessThanOrEqualTo(1);
    }

    private static int mostApart(byte[] a, byte[] b) {
        return IntStream.range(0, a.length)
                .map(i -> Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)))
                .max()
                .orElseThrow();
    }

    @Test
    void aColourHasTheSameResultWhereverItStandsAndOnAnyThread() {
        byte[] colours = new byte[3 * 20_000];
        Random random = new Random(1);
        for (int i = 0; i < colours.length; i++) colours[i] = (byte) random.nextInt(40);
        Conversion whole = Conversion.of(RGB, CMYK, Intent.RELATIVE, true);
        byte[] expected = whole.convert(colours);
        Conversion parts = Conversion.of(RGB, CMYK, Intent.RELATIVE, true);
        IntStream.range(0, 100).parallel().forEach(i -> {
            int part = 99 - i;
            byte[] result = parts.convert(Arrays.copyOfRange(colours, 600 * part, 600 * part + 600));
            assertThat(result).isEqualTo(Arrays.copyOfRange(expected, 800 * part, 800 * part + 800));
        });
    }

    @Test
    void whiteIsPaperAndSoItsProof() {
        byte[] white = {-1, -1, -1};
        assertThat(Conversion.of(RGB, CMYK, Intent.RELATIVE, true).convert(white))
                .containsOnly(0, 1);
        assertThat(Conversion.proof(RGB, CMYK, Intent.RELATIVE, true).convert(white))
                .containsOnly(-1, -2);
        assertThat(Conversion.of(RGB, CMYK, Intent.ABSOLUTE, false).convert(white))
                .isNotEqualTo(new byte[4]);
    }

    @Test
    void theGamutMapShowsWhatThePrinterCannotAndNothingElse() {
        GamutMap map = new GamutMap(RGB, CMYK, true, 3);
        byte[] inAndOut = map.draw(new byte[] {-1, -1, -1, 0, -1, 0, 0, 0, -1});
        assertThat(GamutMap.count(inAndOut)).isEqualTo(2);
        assertThat(Arrays.copyOf(inAndOut, 3)).containsOnly(-1);
        assertThat(GamutMap.count(new GamutMap(RGB, CMYK, true, 200).draw(MadeProfiles.colours())))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "scnr, scanner or camera",
        "link, links two devices",
        "abst, abstract",
        "nmcl, named colours",
        "'???\u0001', not known"
    })
    void whatNothingCanBePrintedByIsRefused(String deviceClass, String reason) {
        byte[] bytes = MadeProfiles.cmyk();
        System.arraycopy(ProfileBytes.ascii(deviceClass), 0, bytes, 12, 4);
        IccProfile profile = IccProfile.of("p.icc", bytes);
        assertThatThrownBy(() -> Conversion.of(RGB, profile, Intent.RELATIVE, true))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("p.icc: this profile")
                .hasMessageContaining(reason);
    }

    @Test
    void aPictureHasAnRgbProfile() {
        assertThatThrownBy(() -> Conversion.of(CMYK, RGB, Intent.RELATIVE, true))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("cmyk: this profile is for CMYK");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 127, 131, 140, 200, 2000})
    void aProfileCutShortIsRefused(int length) {
        byte[] cut = Arrays.copyOf(MadeProfiles.cmyk(), length);
        assertThatThrownBy(() -> IccProfile.of("p.icc", cut))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith("p.icc: this profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb", "grey", "cmyk"})
    void tenThousandDamagesEndInAResultOrASentence(String kind) {
        byte[] good = kind.equals("rgb")
                ? MadeProfiles.rgb()
                : kind.equals("grey") ? MadeProfiles.grey() : MadeProfiles.cmyk();
        int header = kind.equals("cmyk") ? 128 + 4 + 12 * 5 + 64 : good.length;
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 3_400; i++) {
            byte[] bad = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--)
                bad[random.nextInt(random.nextInt(4) == 0 ? bad.length : header)] = (byte) random.nextInt(256);
            try {
                IccProfile profile = IccProfile.of("bad.icc", bad);
                Tables.check(profile, true, Intent.RELATIVE);
                if (i % 5 == 0) Conversion.proof(RGB, profile, Intent.values()[i % 4], i % 3 == 0);
            } catch (PictureException e) {
                assertThat(e.getMessage()).contains("bad.icc");
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 3_399);
    }
}
