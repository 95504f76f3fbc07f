package giga.canvas.print;

import static giga.canvas.PixelsInMemory.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.Picture;
import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.icc.Conversion;
import giga.canvas.icc.IccProfile;
import giga.canvas.icc.Intent;
import giga.canvas.input.PictureFile;
import giga.canvas.output.TiffCompression;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintingTest {
    @TempDir
    Path folder;

    private final Pixels picture = noise(90, 60, 4);
    private Path linear;
    private Path grey;

    @BeforeEach
    void profiles() throws IOException {
        linear = profile("linear.icc", ColorSpace.CS_LINEAR_RGB);
        grey = profile("grey.icc", ColorSpace.CS_GRAY);
    }

    private Path profile(String name, int space) throws IOException {
        return Files.write(folder.resolve(name), ICC_Profile.getInstance(space).getData());
    }

    private Printing printing(String paper, double dpi, Object icc, Object sourceIcc, boolean proof) {
        Print print = new Print(
                paper,
                dpi,
                Print.Fit.FILL,
                "",
                false,
                icc.toString(),
                sourceIcc.toString(),
                Intent.RELATIVE,
                false,
                proof,
                TiffCompression.LZW);
        return new Printing(print, 90, 60, Optional.empty(), OptionalDouble.empty());
    }

    @Test
    void isTheLanczosSizeInThePrintersColours() {
        Printing printing = printing("3x2in", 40, linear, "", false);
        Pixels expected = Resample.resize(picture, 120, 80, Filter.LANCZOS);
        byte[] colours = Conversion.of(IccProfile.srgb(), IccProfile.read(linear), Intent.RELATIVE, false)
                .convert(expected.rgb());
        Picture printed = printing.of(picture);
        assertThat(printed.read(printed.bounds()).rgb()).isEqualTo(colours);
        for (String name : new String[] {"a.tif", "a.png"}) {
            Path out = folder.resolve(name);
            printing.write(picture, out, _ -> {});
            try (PictureFile file = PictureFile.open(out)) {
                assertThat(file.info().dpi().orElseThrow()).isBetween(39.99, 40.01);
                assertThat(file.info().icc())
                        .hasValueSatisfying(icc -> assertThat(icc)
                                .isEqualTo(IccProfile.read(linear).bytes()));
            }
        }
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        for (String suffix : new String[] {".tif", ".pdf"}) {
            Path one = folder.resolve("one" + suffix);
            Path two = folder.resolve("two" + suffix);
            printing("3x2in", 50, grey, "", false).write(picture, one, _ -> {});
            printing("3x2in", 50, grey, "", false).write(picture, two, _ -> {});
            assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
        }
    }

    @Test
    void aCancelledPrintLeavesNothing() {
        Path out = folder.resolve("out.pdf");
        assertThatThrownBy(() -> printing("", 0, "", "", false).write(picture, out, _ -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("out.pdf"));
    }

    @Test
    void aLinearPictureIsProofedAsWhatItMeans() {
        Picture proof = printing("", 0, linear, linear, true).of(picture);
        byte[] expected = Conversion.of(IccProfile.read(linear), IccProfile.srgb(), Intent.RELATIVE, false)
                .convert(picture.rgb());
        byte[] actual = proof.read(proof.bounds()).rgb();
        for (int i = 0; i < actual.length; i++)
            assertThat(Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF))).isLessThanOrEqualTo(1);
        assertThat(proof.read(proof.bounds()).rgb()).isNotEqualTo(picture.rgb());
    }

    @Test
    void greyPrintersShowNoColour() {
        LongAdder outside = new LongAdder();
        Picture map = printing("", 0, grey, "", false).gamutMap(picture, 3, outside);
        Pixels drawn = map.read(map.bounds());
        assertThat(outside.sum()).isBetween(5_000L, 5_400L);
        assertThat(drawn.sample(0, 0, 2)).isZero();
        assertThatThrownBy(() -> printing("", 0, "", "", false).gamutMap(picture, 3, outside))
                .hasMessageContaining("--icc");
    }

    @Test
    void whatAFormatCannotHoldIsRefused() {
        assertThatThrownBy(() -> printing("", 0, grey, "", false).check(folder.resolve("a.png")))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("samples of grey go into a .tif or .pdf");
        assertThatThrownBy(() -> printing("", 0, grey, "", false).of(picture)).hasMessageContaining("Print it whole");
        assertThatThrownBy(() -> printing("", 0, "", "", false).check(folder.resolve("none/a.pdf")))
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> printing("", 0, grey, grey, false)).hasMessageContaining("this profile is for GREY");
        assertThatThrownBy(() -> printing("", 0, "\0", "", false)).hasMessageContaining("cannot be the file");
    }
}
