package giga.canvas.dezoom;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.dezoom.format.Level;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed twenty times; no tile that it had kept is asked for again. */
class DezoomKillTest {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    void noTileThatWasKeptIsFetchedAgain() throws Exception {
        Random random = new Random();
        try (TileServer server = TileServer.usual()) {
            // So slow that a kill falls between tiles.
            server.behave((exchange, times) -> {
                if (exchange.getRequestURI().getPath().contains("_files")) sleep(30);
                return false;
            });
            Path tiles = folder.resolve("tiles");
            for (int kill = 0; kill < KILLS; kill++) {
                Map<String, Integer> before = new HashMap<>(server.requests());
                Set<String> kept = kept(tiles);
                Process process = start(server.at("/dzi/p.dzi"));
                // From before its first request to after its last.
                process.waitFor(Duration.ofMillis(250 + random.nextInt(500)));
                process.destroyForcibly().waitFor();
                for (String path : kept)
                    assertThat(server.requests().get(path)).as(path).isEqualTo(before.get(path));
            }
            Process last = start(server.at("/dzi/p.dzi"));
            assertThat(last.waitFor()).isZero();
            // A kill may have come before a line of the index, but not between a tile's name and its bytes.
            try (Stream<Path> files = Files.list(tiles)) {
                assertThat(files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{32}")))
                        .hasSize(20);
            }
            ZarrPicture canvas = ZarrPicture.open(folder.resolve("canvas"));
            assertThat(canvas.read(canvas.bounds()).rgb())
                    .isEqualTo(server.picture().rgb());
        }
    }

    /** Paths of the tiles that a process kept, as its index tells them. */
    private static Set<String> kept(Path tiles) throws IOException {
        Path index = tiles.resolve("index.tsv");
        if (!Files.exists(index)) return Set.of();
        try (Stream<String> lines = Files.lines(index)) {
            return lines.filter(line -> line.endsWith(".png"))
                    .map(line -> line.replaceFirst(".*http://[^/]*", ""))
                    .collect(Collectors.toSet());
        }
    }

    private Process start(String address) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DezoomKillTest.class.getName(),
                        address,
                        folder.toString()))
                .inheritIO()
                .start();
    }

    /** What is killed: an address and a folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        try (Dezoom dezoom = new Dezoom(arguments[0], folder.resolve("tiles"), Manners.USUAL)) {
            Level level = dezoom.levels().levels().getLast();
            giga.canvas.store.Folders.delete(folder.resolve("canvas"));
            dezoom.fetch(
                    level, ZarrPicture.create(folder.resolve("canvas"), level.width(), level.height()), done -> {});
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
