package giga.canvas.dezoom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import giga.canvas.Pixels;
import giga.canvas.Region;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * A server on loopback that shows one picture in all layouts, without loss: {@code /dzi/p.dzi}, {@code /zoomify/ImageProperties.xml},
 * {@code /iiif/info.json}, {@code /grid/COLUMN_ROW.png}. It may be told to behave badly.
 */
public final class TileServer implements AutoCloseable {
    private static final int TILE = 64;
    private static final Pattern DZI = Pattern.compile("/dzi/p_files/(\\d+)/(\\d+)_(\\d+)\\.png");
    private static final Pattern ZOOMIFY = Pattern.compile("/zoomify/TileGroup(\\d+)/(\\d+)-(\\d+)-(\\d+)\\.jpg");
    private static final Pattern IIIF =
            Pattern.compile("/iiif/(\\d+),(\\d+),(\\d+),(\\d+)/(\\d+),(\\d*)/0/default\\.jpg");
    private static final Pattern GRID = Pattern.compile("/grid/(\\d+)_(\\d+)\\.png");

    /** What the server does instead of answering properly. */
    public interface Behaviour {
        /** @param times that this path was asked for, this time included; @return whether it answered */
        boolean answer(HttpExchange exchange, int times) throws IOException;
    }

    private final Pixels picture;
    private final HttpServer server;
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private volatile Behaviour behaviour = (exchange, times) -> false;

    public TileServer(Pixels picture) {
        this.picture = picture;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** 300x200 pixels, no two tiles alike. */
    public static TileServer usual() {
        Pixels picture = new Pixels(300, 200);
        for (int i = 0; i < picture.rgb().length; i++) picture.rgb()[i] = (byte) (i * 0x9E3779B1 >>> 23);
        return new TileServer(picture);
    }

    public String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public Pixels picture() {
        return picture;
    }

    public void behave(Behaviour instead) {
        behaviour = instead;
    }

    /** How often each path was asked for. */
    public Map<String, Integer> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int times = requests.merge(path, 1, Integer::sum);
        try (exchange) {
            if (behaviour.answer(exchange, times)) return;
            Optional<byte[]> body = body(path);
            if (body.isEmpty()) exchange.sendResponseHeaders(404, -1);
            else send(exchange, body.get());
        }
    }

    /** Sends a whole answer. */
    public static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private Optional<byte[]> body(String path) throws IOException {
        int width = picture.width();
        int height = picture.height();
        return switch (path) {
            case "/dzi/p.dzi" ->
                text("<Image TileSize=\"%d\" Overlap=\"2\" Format=\"png\"><Size Width=\"%d\" Height=\"%d\"/></Image>"
                        .formatted(TILE, width, height));
            case "/zoomify/ImageProperties.xml" ->
                text("<IMAGE_PROPERTIES WIDTH=\"%d\" HEIGHT=\"%d\" NUMTILES=\"%d\" NUMIMAGES=\"1\" TILESIZE=\"%d\"/>"
                        .formatted(width, height, 20 + 6 + 2 + 1, TILE));
            case "/iiif/info.json" -> text("""
                        {"@context": "http://iiif.io/api/image/2/context.json", "@id": "http://localhost/left-over",
                         "protocol": "http://iiif.io/api/image", "width": %d, "height": "%d",
                         "profile": ["http://iiif.io/api/image/2/level1.json"],
                         "tiles": [{"width": %d, "scaleFactors": [1, 2]}]}""".formatted(width, height, TILE));
            default -> tile(path);
        };
    }

    private static Optional<byte[]> text(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<byte[]> tile(String path) throws IOException {
        Matcher dzi = DZI.matcher(path);
        if (dzi.matches()) return number(dzi, 1) == 9 ? cell(number(dzi, 2), number(dzi, 3), 2) : Optional.empty();
        Matcher zoomify = ZOOMIFY.matcher(path);
        if (zoomify.matches())
            return number(zoomify, 2) == 3 ? cell(number(zoomify, 3), number(zoomify, 4), 0) : Optional.empty();
        Matcher iiif = IIIF.matcher(path);
        if (iiif.matches())
            return Optional.of(png(new Region(number(iiif, 1), number(iiif, 2), number(iiif, 3), number(iiif, 4))));
        Matcher grid = GRID.matcher(path);
        return grid.matches() ? cell(number(grid, 1), number(grid, 2), 0) : Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private Optional<byte[]> cell(int column, int row, int overlap) throws IOException {
        Region whole = picture.bounds();
        if (column * TILE >= whole.width() || row * TILE >= whole.height()) return Optional.empty();
        return Optional.of(png(new Region(column * TILE, row * TILE, TILE, TILE)
                .intersection(whole)
                .grow(overlap, whole)));
    }

    private byte[] png(Region region) throws IOException {
        return png(picture.read(region));
    }

    public static byte[] png(Pixels pixels) throws IOException {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++)
            for (int x = 0; x < pixels.width(); x++)
                image.setRGB(x, y, pixels.sample(x, y, 0) << 16 | pixels.sample(x, y, 1) << 8 | pixels.sample(x, y, 2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
