package giga.cli;

import static giga.cli.Run.giga;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintCommandTest {
    @TempDir
    Path folder;

    @Test
    void sizeTellsWhatASheetNeedsAndFromWhereAPictureIsSharp() {
        Run sheet = giga("print", "size", "--paper", "8.5x11in", "--distance", "1in");
        assertThat(sheet.code()).as(sheet.err()).isZero();
        assertThat(sheet.out()).contains("7390x9564", "512x640, 4 times, is 8192x10240");
        Path picture = TestPictures.write(folder.resolve("in.png"), 85, 110);
        assertThat(giga("print", "size", picture, "--paper", "8.5x11in").out())
                .contains("85x110, fills it with 10 dpi: sharp from 343");
        assertThat(giga("print", "size", "--paper", "A4", "--json", "--base", "1024x1408")
                        .out())
                .contains("\"paper\":\"210x297mm\"", "\"base\":\"1024x1408\"");
    }

    @Test
    void sizeSaysWhatItCannotUse() {
        Run zero = giga("print", "size", "--paper", "0x11in", "--distance", "1in");
        assertThat(zero.code()).isEqualTo(2);
        assertThat(zero.err()).contains("paper '0x11in': '0in' is no length that can be used");
        assertThat(giga("print", "size", "--paper", "A4", "--distance", "-1in").code())
                .isEqualTo(2);
        assertThat(giga("print", "size", "--paper", "A4", "--per-degree", "NaN").code())
                .isEqualTo(2);
        assertThat(giga("print", "size", "--paper", "A4", "--base", "0x0").err())
                .contains("cannot be doubled");
        assertThat(giga("print", "size", "--paper", "A4", "--base", "wide").err())
                .contains("write it as 512x640");
        assertThat(giga("print", "size", folder.resolve("none.png"), "--paper", "A4")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void aPictureIsPrintedAsTiffAndPdfAndProofed() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 120, 100);
        Path profile = Files.write(
                folder.resolve("printer.icc"),
                ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData());
        Path tiff = folder.resolve("out.tif");
        Run run = giga(
                "print",
                picture,
                "-o",
                tiff,
                "--paper",
                "4x3in",
                "--dpi",
                "50",
                "--bleed",
                "3mm",
                "--marks",
                "--icc",
                profile,
                "--bpc",
                "--gamut-map",
                folder.resolve("map.png"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.tif 232x182, 50.0 dpi", "% out of gamut");
        assertThat(giga("info", tiff).out()).contains("232x182", "1 channel", "50 dpi");
        assertThat(giga("info", folder.resolve("map.png")).out()).contains("120x100");

        Path pdf = folder.resolve("out.pdf");
        assertThat(giga("print", picture, "-o", pdf, "--paper", "A4", "--json").out())
                .contains("\"width\":120");
        assertThat(Files.readString(pdf, ISO_8859_1)).startsWith("%PDF-1.6").endsWith("%%EOF\n");

        Path proof = folder.resolve("proof.png");
        assertThat(giga("print", picture, "-o", proof, "--icc", profile, "--proof")
                        .err())
                .isEmpty();
        int grey = TestPictures.rgb(proof)[50];
        assertThat(grey >> 8 & 0xFF).isEqualTo(grey & 0xFF);
    }

    @Test
    void whatCannotBePrintedIsSaid() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 60, 40);
        Path out = folder.resolve("out.tif");
        assertThat(giga("print").err()).contains("name the picture to print");
        assertThat(giga("print", picture).err()).contains("say where the print goes");
        assertThat(giga("print", picture, "-o", out, "--paper", "0x0mm").code()).isEqualTo(2);
        assertThat(giga("print", picture, "-o", out, "--proof").err()).contains("name its profile, with --icc");
        assertThat(giga("print", picture, "-o", out, "--intent", "nice").err())
                .contains("not one of perceptual, relative, saturation, absolute");
        assertThat(giga("print", picture, "-o", out, "--dpi", "-3").code()).isEqualTo(2);
        Path text = Files.writeString(folder.resolve("text.icc"), "not a profile");
        Run noProfile = giga("print", picture, "-o", out, "--icc", text);
        assertThat(noProfile.code()).isEqualTo(1);
        assertThat(noProfile.err()).contains(text + ": this profile is no ICC profile. Give another.");
        assertThat(giga("print", picture, "-o", out, "--icc", folder.resolve("none.icc"))
                        .err())
                .contains("there is no such file");
        assertThat(giga("print", picture, "-o", folder.resolve("out.dzi")).err())
                .contains("a print is a .tif, .pdf, .png or .jpg");
        assertThat(giga("print", picture, "-o", out, "--paper", "8x8ft", "--dpi", "60000")
                        .err())
                .contains("pixels a side with its margins");
        assertThat(giga("print", picture, "-o", out, "--icc", "p.icc", "--gamut-map", out)
                        .err())
                .contains("name the same file");
        assertThat(out).doesNotExist();
        assertThat(giga("print", picture, "-o", picture).err()).contains("in.png exists");
    }
}
