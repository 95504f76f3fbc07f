package giga.redraw.inspect;

import giga.canvas.Pixels;
import giga.canvas.input.PictureFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tools/reference/measures.py made. */
final class Reference {
    private Reference() {}

    /** sharp, soft or fine. */
    static Pixels picture(String name) {
        try (PictureFile file = PictureFile.open(
                Path.of(Reference.class.getResource(name + ".png").toURI()))) {
            return file.read();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static double measure(String of, String name) {
        try (InputStream in = Reference.class.getResourceAsStream("measures.json")) {
            JsonNode value = JsonMapper.shared().readTree(in).get(of).get(name);
            return value.doubleValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
