package giga.canvas.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page that shows a deep zoom picture by OpenSeadragon. A browser fetches nothing from a disk but pictures and scripts,
 * so the descriptor and the viewer stand in the page itself.
 */
final class DeepZoomPage {
    private static final String VIEWER = "/META-INF/resources/webjars/openseadragon/2.4.2/";

    private static final String MARK = "<!-- A deep zoom picture, written by giga -->";
    private static final int BEGINNING = 200;

    private DeepZoomPage() {}

    /** Whether this page of a deep zoom picture may be replaced by another. */
    static boolean isOne(Path page) {
        try (InputStream in = Files.newInputStream(page)) {
            return new String(in.readNBytes(BEGINNING), UTF_8).contains(MARK);
        } catch (IOException e) {
            return false;
        }
    }

    static String html(String stem, Pyramid pyramid) throws IOException {
        return """
                <!DOCTYPE html>
                <html>
                %s
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>html, body, #picture { height: 100%%; margin: 0; background: #181818 }</style>
                <!--
                OpenSeadragon
                %s
                -->
                <script>
                %s
                </script>
                </head>
                <body>
                <div id="picture"></div>
                <noscript>This page needs JavaScript. %s pixels.</noscript>
                <script>
                OpenSeadragon({
                  id: "picture",
                  showNavigationControl: false,
                  showNavigator: true,
                  maxZoomPixelRatio: 4,
                  tileSources: {Image: {
                    xmlns: "http://schemas.microsoft.com/deepzoom/2008",
                    Url: encodeURIComponent(%s) + "_files/", Format: "jpg", Overlap: "%d", TileSize: "%d",
                    Size: {Width: "%d", Height: "%d"}
                  }}
                });
                </script>
                </body>
                </html>
                """.formatted(
                        MARK,
                        escaped(stem),
                        resource("LICENSE.txt").replace("--", "- -").strip(),
                        resource("build/openseadragon/openseadragon.min.js"),
                        pyramid.width() + " x " + pyramid.height(),
                        quoted(stem),
                        pyramid.overlap(),
                        pyramid.tile(),
                        pyramid.width(),
                        pyramid.height());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = DeepZoomPage.class.getResourceAsStream(VIEWER + name)) {
            if (in == null) throw new IOException("the viewer " + VIEWER + name + " is not on the class path");
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A file's name as a script's string; nothing in it ends the string or the script. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray())
            if (Character.isLetterOrDigit(c) && c < 128 || " -_.()".indexOf(c) >= 0) out.append(c);
            else out.append("\\u%04x".formatted((int) c));
        return out.append('"').toString();
    }
}
