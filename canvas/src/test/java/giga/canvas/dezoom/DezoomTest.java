package giga.canvas.dezoom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.dezoom.format.Detection;
import giga.canvas.dezoom.format.Level;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures come from a server as they are there, however it behaves; or it is said what it did. */
class DezoomTest {
    private static final Manners MANNERS =
            new Manners(4, 1000, 2, Duration.ofMillis(5), Duration.ofSeconds(2), Map.of("X-Trial", "yes"), false);

    @TempDir
    Path folder;

    private final TileServer server = TileServer.usual();
    private int canvases;

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dzi/p.dzi",
                "/dzi/p_files/9/0_0.png",
                "/zoomify/ImageProperties.xml",
                "/iiif/info.json",
                "/grid/{{x}}_{{y}}.png"
            })
    void everyLayoutGivesTheSamePicture(String path) {
        assertThat(fetched(path).rgb()).isEqualTo(server.picture().rgb());
    }

    @Test
    void noTileThatCameIsAskedForAgain() {
        fetched("/dzi/p.dzi");
        Map<String, Integer> before = new HashMap<>(server.requests());
        assertThat(fetched("/dzi/p.dzi").rgb()).isEqualTo(server.picture().rgb());
        server.requests().remove("/dzi/p.dzi");
        before.remove("/dzi/p.dzi");
        assertThat(server.requests()).isEqualTo(before).hasSize(20);
    }

    /** What is under way when it is stopped still comes. */
    @Test
    void whatWasStoppedTwentyTimesGoesOn() throws IOException {
        Random random = new Random(11);
        for (int stop = 0; stop < 20; stop++) {
            int after = random.nextInt(6);
            try {
                fetched("/grid/{{x}}_{{y}}.png", done -> {
                    if (done > after) throw new IllegalStateException("stop");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("stop");
            }
            for (Path tile : Files.list(folder.resolve("tiles")).toList())
                assertThat(tile.getFileName().toString()).doesNotEndWith(".part");
        }
        assertThat(fetched("/grid/{{x}}_{{y}}.png").rgb())
                .isEqualTo(server.picture().rgb());
        // Tiles that are not there are asked for each time, to learn how many there are.
        server.requests().keySet().removeIf(path -> path.matches(".*/([5-9]|1\\d)_.*|.*_([4-9]|1\\d)\\.png"));
        assertThat(server.requests()).hasSize(20);
        assertThat(server.requests().values()).allMatch(times -> times == 1);
    }

    @Test
    void failuresThatPassAreSatThrough() {
        server.behave((exchange, times) -> {
            if (times > 1) return false;
            if (exchange.getRequestURI().getPath().endsWith("1_1.png"))
                exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().endsWith("1_1.png") ? 429 : 503, -1);
            return true;
        });
        long began = System.nanoTime();
        assertThat(fetched("/dzi/p.dzi").rgb()).isEqualTo(server.picture().rgb());
        assertThat(System.nanoTime() - began).as("it waited as it was asked to").isGreaterThan(900_000_000L);
    }

    @Test
    void whatIsForbiddenOrGoneIsNotAskedForAgain() {
        server.behave((exchange, times) -> {
            if (!exchange.getRequestURI().getPath().endsWith("2_2.png")) return false;
            exchange.sendResponseHeaders(403, -1);
            return true;
        });
        Dezoom.Missing missing = missing("/dzi/p.dzi");
        assertThat(missing.tiles()).isEqualTo(1);
        assertThat(missing.reasons().getFirst()).contains("2_2.png", "403 (forbidden)", "-H \"Referer");
        assertThat(server.requests().get("/dzi/p_files/9/2_2.png")).isEqualTo(1);
        server.behave((exchange, times) -> false);
        assertThat(missing("/dzi/p.dzi").tiles()).isZero();
        assertThat(server.requests().get("/dzi/p_files/9/1_1.png")).isEqualTo(1);
    }

    @Test
    void liesAreToldAndNotKept() {
        Map<String, byte[]> lies = Map.of(
                "/dzi/p_files/9/0_0.png", "<html>Sorry</html>".getBytes(StandardCharsets.UTF_8),
                "/dzi/p_files/9/1_0.png", new byte[0],
                "/dzi/p_files/9/2_0.png", small());
        server.behave((exchange, times) -> {
            byte[] lie = lies.get(exchange.getRequestURI().getPath());
            if (lie != null) TileServer.send(exchange, lie);
            return lie != null;
        });
        Dezoom.Missing missing = missing("/dzi/p.dzi");
        assertThat(missing.tiles()).isEqualTo(3);
        assertThat(missing.reasons())
                .anyMatch(reason -> reason.contains("0_0.png: a page came, and no picture"))
                .anyMatch(reason -> reason.contains("1_0.png: nothing came"))
                .anyMatch(reason -> reason.contains("2_0.png: the tile has 10x10 pixels where 68x66 belong"));
        server.behave((exchange, times) -> false);
        assertThat(fetched("/dzi/p.dzi").rgb()).isEqualTo(server.picture().rgb());
    }

    @Test
    void truncatedEndlessAndSlowAnswersEnd() {
        server.behave((exchange, times) -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/dzi/p_files/9/0_0.png" -> {
                    byte[] tile = small();
                    TileServer.send(exchange, java.util.Arrays.copyOf(tile, tile.length / 2));
                }
                case "/dzi/p_files/9/1_0.png" ->
                    endless(exchange.getResponseBody(), () -> exchange.sendResponseHeaders(200, 0), 1 << 20, 0);
                case "/dzi/p_files/9/2_0.png" ->
                    endless(exchange.getResponseBody(), () -> exchange.sendResponseHeaders(200, 0), 1, 50);
                default -> {
                    return false;
                }
            }
            return true;
        });
        Dezoom.Missing missing = missing("/dzi/p.dzi");
        assertThat(missing.tiles()).isEqualTo(3);
        assertThat(missing.reasons())
                .anyMatch(reason -> reason.contains("0_0.png: no picture came"))
                .anyMatch(reason -> reason.contains("1_0.png: the answer is longer than 64 MB"))
                .anyMatch(reason -> reason.contains("2_0.png: no whole answer within 2.0 s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.org/x", "http:///nothing"})
    void redirectsLeadToTheWebAlone(String elsewhere) {
        redirect(elsewhere);
        assertThatThrownBy(() -> fetched("/dzi/p.dzi"))
                .isInstanceOf(PictureException.class)
                .hasMessageMatching("(?s).*(only http and https|names no host|no address).*");
    }

    @Test
    void privateAddressesCanBeForbidden() {
        redirect("http://10.0.0.1/p.dzi");
        Manners publicOnly = new Manners(4, 1000, 0, Duration.ZERO, Duration.ofSeconds(2), Map.of(), true);
        try (Dezoom dezoom = new Dezoom(server.at("/dzi/p.dzi"), folder, publicOnly)) {
            assertThatThrownBy(dezoom::levels).hasMessageContaining("private network, which --public-only");
        }
        for (String host : new String[] {
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "[::1]",
            "[fd00::1]",
            "[fe80::1]",
            "[::ffff:127.0.0.1]",
            "localhost",
            "2130706433"
        })
            assertThatThrownBy(() -> new Destinations(true).check(java.net.URI.create("http://" + host + "/")))
                    .as(host)
                    .isInstanceOf(PictureException.class);
        for (String host : new String[] {"8.8.8.8", "[2606:4700::1111]"})
            new Destinations(true).check(java.net.URI.create("http://" + host + "/"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void redirectsInCirclesEndAndGoodOnesAreFollowed() {
        redirect("/dzi/p.dzi");
        assertThatThrownBy(() -> fetched("/dzi/p.dzi")).hasMessageContaining("from one address to the next");
        server.behave((exchange, times) -> {
            if (!exchange.getRequestURI().getPath().equals("/moved.dzi")) return false;
            exchange.getResponseHeaders().add("Location", "/dzi/p.dzi");
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
        try (Dezoom dezoom = new Dezoom(server.at("/moved.dzi"), folder, MANNERS)) {
            assertThat(dezoom.levels().levels()).hasSize(10);
        }
    }

    @Test
    void headersAreSentAndHostsNotHurried() {
        server.behave((exchange, times) -> {
            var headers = exchange.getRequestHeaders();
            boolean polite = "yes".equals(headers.getFirst("X-Trial"))
                    && headers.getFirst("User-Agent").startsWith("giga/")
                    && headers.getFirst("Referer").endsWith("p.dzi");
            if (!polite) exchange.sendResponseHeaders(400, -1);
            return !polite;
        });
        Manners slow = new Manners(4, 50, 0, Duration.ZERO, Duration.ofSeconds(5), Map.of("X-Trial", "yes"), false);
        long began = System.nanoTime();
        assertThat(fetched("/dzi/p.dzi", slow, done -> {}).rgb())
                .isEqualTo(server.picture().rgb());
        assertThat((System.nanoTime() - began) / 1e9)
                .as("21 requests at 50 a second")
                .isGreaterThan(0.39);
    }

    @Test
    void whereNothingIsNothingIsMade() {
        server.behave((exchange, times) -> {
            if (!exchange.getRequestURI().getPath().contains("_files")) return false;
            exchange.sendResponseHeaders(404, -1);
            return true;
        });
        assertThatThrownBy(() -> fetched("/dzi/p.dzi")).hasMessageContaining("None of the first 16 tiles");
        assertThatThrownBy(() -> fetched("/nothing")).hasMessageContaining("the server answers 404 (there is nothing)");
        try (Dezoom dezoom = new Dezoom("http://127.0.0.1:1/p.dzi", folder, MANNERS.withoutRetries())) {
            assertThatThrownBy(dezoom::levels).hasMessageContaining("nobody answers. Check the connection.");
        }
    }

    private void redirect(String location) {
        server.behave((exchange, times) -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
            return true;
        });
    }

    private interface Beginning {
        void begin() throws IOException;
    }

    private static void endless(OutputStream out, Beginning headers, int bytes, int millis) throws IOException {
        headers.begin();
        for (int i = 0; i < 10_000; i++) {
            out.write(new byte[bytes]);
            out.flush();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static byte[] small() {
        try {
            return TileServer.png(new Pixels(10, 10));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Pixels fetched(String path) {
        return fetched(path, done -> {});
    }

    private Pixels fetched(String path, IntConsumer done) {
        return fetched(path, MANNERS, done);
    }

    private Pixels fetched(String path, Manners manners, IntConsumer done) {
        try (Dezoom dezoom = new Dezoom(server.at(path), folder.resolve("tiles"), manners)) {
            Level level = largest(dezoom.levels());
            ZarrPicture canvas =
                    ZarrPicture.create(folder.resolve("canvas" + canvases++), level.width(), level.height());
            Dezoom.Missing missing = dezoom.fetch(level, canvas, done);
            assertThat(missing.reasons()).isEmpty();
            return canvas.read(canvas.bounds());
        }
    }

    private Dezoom.Missing missing(String path) {
        try (Dezoom dezoom = new Dezoom(server.at(path), folder.resolve("tiles"), MANNERS)) {
            Level level = largest(dezoom.levels());
            return dezoom.fetch(
                    level,
                    ZarrPicture.create(folder.resolve("canvas" + canvases++), level.width(), level.height()),
                    done -> {});
        }
    }

    private static Level largest(Detection.Found found) {
        return found.levels().stream()
                .max(Comparator.comparingLong(Level::area))
                .orElseThrow();
    }
}
