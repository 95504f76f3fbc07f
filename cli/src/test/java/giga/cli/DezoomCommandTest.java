package giga.cli;

import static giga.cli.Run.giga;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deep zoom picture on a server becomes a file again. */
class DezoomCommandTest {
    @TempDir
    Path folder;

    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        Path picture = TestPictures.write(folder.resolve("in.png"), 900, 600);
        Path web = Files.createDirectory(folder.resolve("web"));
        assertThat(giga("upscale", picture, "-o", web.resolve("p.dzi"), "--scale", "1")
                        .code())
                .isZero();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.merge(path, 1, Integer::sum);
            Path file = web.resolve(path.substring(1));
            try (exchange) {
                if (missing.contains(path) || !Files.isRegularFile(file)) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    exchange.sendResponseHeaders(200, Files.size(file));
                    Files.copy(file, exchange.getResponseBody());
                }
            }
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/p.dzi";
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void thePictureComesInItsFullSizeOrInAnother() throws IOException {
        Path out = folder.resolve("out.png");
        Run run = giga("dezoom", address, "-o", out, "--rate", "500");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("out.png 900x600");
        assertThat(folder.resolve("out.png.dezoom")).doesNotExist();
        // The same pixels as those that a reader of such folders sees.
        giga("upscale", folder.resolve("web/p.dzi"), "-o", folder.resolve("read.png"), "--scale", "1");
        assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(folder.resolve("read.png")));

        assertThat(giga("dezoom", address, "-o", out).err()).contains("out.png exists");
        assertThat(giga("dezoom", address, "--list").out()).contains("Deep Zoom", " 11  900x600, ");
        Run small = giga("dezoom", address, "-o", folder.resolve("small.tif"), "--max-width", "500", "--rate", "500");
        assertThat(small.out()).contains("small.tif 450x300");
        assertThat(giga("dezoom", address, "-o", folder.resolve("s.png"), "--level", "99")
                        .err())
                .contains("There is no level 99");
    }

    @Test
    void whatIsMissingIsNamedAndLaterTheOnlyThingThatIsFetched() {
        missing.add("/p_files/10/0_0.jpg");
        Path out = folder.resolve("out.png");
        Run run = giga("dezoom", address, "-o", out, "--rate", "500");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("1 of ", "0_0.jpg: the server answers 404", "The same command tries these again");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.png.dezoom/tiles")).isNotEmptyDirectory();
        assertThat(folder.resolve("out.png.dezoom/canvas")).doesNotExist();
        Run black = giga("dezoom", address, "-o", folder.resolve("black.png"), "--allow-missing", "--rate", "500");
        assertThat(black.code()).as(black.err()).isZero();
        assertThat(black.err()).contains("They are black");
        missing.clear();
        requests.clear();
        assertThat(giga("dezoom", address, "-o", out, "--rate", "500").code()).isZero();
        assertThat(requests.keySet()).containsExactlyInAnyOrder("/p.dzi", "/p_files/10/0_0.jpg");
    }

    @Test
    void wrongUseIsSaid() {
        Path out = folder.resolve("out.png");
        assertThat(giga("dezoom", address).err()).contains("say where the picture goes");
        assertThat(giga("dezoom", address, "-o", out, "--parallel", "0").err()).contains("parallel 0: give 1 to 64");
        assertThat(giga("dezoom", address, "-o", out, "-H", "nonsense").err()).contains("header 'nonsense'");
        assertThat(giga("dezoom", address, "-o", out, "--public-only").err()).contains("private network");
        assertThat(giga("dezoom", address, "-o", folder.resolve("out.xyz")).err())
                .contains("suffix");
        assertThat(giga("dezoom", "nothing.dzi", "-o", out).err()).contains("nothing.dzi: there is no such file");
        assertThat(giga("dezoom", "http://127.0.0.1/{{x}}.jpg", "-o", out).err())
                .contains("{{y}}");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.png.dezoom"))
                .as("nothing came, nothing is left")
                .doesNotExist();
    }
}
