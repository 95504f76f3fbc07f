package giga.canvas.icc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import giga.canvas.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Profiles of real printers and screens, against LittleCMS' tificc (ImageMagick packs its pictures in and out): -Dgiga.icc=DIR names a
 * folder of profiles, which the project does not hold.
 */
class RealProfilesTest {
    private static final List<Intent> INTENTS = List.of(Intent.values());

    @TempDir
    Path folder;

    @Test
    void areConvertedToAsLittleCmsDoes() throws IOException, InterruptedException {
        String profiles = System.getProperty("giga.icc", "");
        assumeTrue(!profiles.isEmpty(), "-Dgiga.icc=DIR names no folder of profiles");
        Path source = Files.write(folder.resolve("srgb.icc"), IccProfile.srgb().bytes());
        byte[] colours = new byte[3 * 500];
        new Random(3).nextBytes(colours);
        System.arraycopy(MadeProfiles.colours(), 0, colours, 0, MadeProfiles.colours().length);
        Path raw = Files.write(folder.resolve("in.rgb"), colours);
        run(List.of("convert", "-size", "500x1", "-depth", "8", raw.toString(), "-compress", "none", in().toString()));
        List<String> apart = new ArrayList<>();
        int compared = 0;
        for (Path file : files(profiles)) {
            for (Intent intent : INTENTS) {
                for (boolean blackPoint : new boolean[] {false, true}) {
                    Conversion conversion;
                    try {
                        conversion = Conversion.of(IccProfile.srgb(), IccProfile.read(file), intent, blackPoint);
                    } catch (PictureException e) {
                        System.out.println(e.getMessage());
                        continue;
                    }
                    byte[] expected = littleCms(source, file, intent, blackPoint, conversion.space());
                    int most = most(expected, conversion.convert(colours));
                    compared++;
                    if (most > 1) apart.add(file.getFileName() + " " + intent + " " + blackPoint + ": " + most);
                }
            }
        }
        System.out.println(compared + " conversions compared");
        assertThat(apart).isEmpty();
        assertThat(compared).isPositive();
    }

    private static List<Path> files(String profiles) throws IOException {
        try (Stream<Path> found = Files.walk(Path.of(profiles))) {
            return found.filter(file -> file.toString().endsWith(".icc"))
                    .sorted()
                    .toList();
        }
    }

    private byte[] littleCms(Path source, Path to, Intent intent, boolean blackPoint, IccProfile.Space space)
            throws IOException, InterruptedException {
        String kind = space == IccProfile.Space.GREY ? "gray" : space.name().toLowerCase();
        Path out = folder.resolve("out." + kind);
        Path tiff = folder.resolve("out.tif");
        List<String> command =
                new ArrayList<>(List.of("tificc", "-n", "-c", "0", "-t", Integer.toString(intent.ordinal())));
        if (blackPoint) command.add("-b");
        command.addAll(List.of("-i", source.toString(), "-o", to.toString(), in().toString(), tiff.toString()));
        run(command);
        run(List.of("convert", tiff.toString(), "-depth", "8", out.toString()));
        return Files.readAllBytes(out);
    }

    private Path in() {
        return folder.resolve("in.tif");
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as("%s", command).isZero();
    }

    private static int most(byte[] a, byte[] b) {
        assertThat(b).hasSameSizeAs(a);
        int most = 0;
        for (int i = 0; i < a.length; i++) most = Math.max(most, Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)));
        return most;
    }
}
