package giga.canvas.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a data set says of itself. */
final class Manifest {
    static final String FILE = "dataset.json";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Dataset dataset;
    private final List<Map<String, Object>> crops = new ArrayList<>();
    private final List<Map<String, Object>> skipped = new ArrayList<>();

    Manifest(Dataset dataset) {
        this.dataset = dataset;
    }

    void add(Path file, Path source, Candidate crop, String caption) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("file", slashes(file));
        entry.put("source", slashes(source));
        entry.put("x", crop.region().x());
        entry.put("y", crop.region().y());
        entry.put("width", crop.region().width());
        entry.put("height", crop.region().height());
        entry.put("scale", crop.scale());
        entry.put("caption", caption);
        entry.put("features", features(crop.features()));
        crops.add(entry);
    }

    void skip(Path source, String reason) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("source", slashes(source));
        entry.put("reason", reason);
        skipped.add(entry);
    }

    byte[] json() {
        Cropping cropping = dataset.cropping();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("size", cropping.size());
        all.put("scales", cropping.scales());
        all.put("count", cropping.count());
        all.put("per_picture", cropping.perPicture());
        all.put("flat", cropping.flat());
        all.put("seed", cropping.seed());
        all.put("caption", dataset.caption());
        all.put("name", dataset.name());
        all.put("repeats", dataset.repeats());
        all.put("crops", crops);
        all.put("skipped", skipped);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
    }

    private static Map<String, Object> features(Features place) {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("lightness", rounded(place.lightness()));
        features.put("a", rounded(place.a()));
        features.put("b", rounded(place.b()));
        features.put("brightness", rounded(place.brightness()));
        features.put("contrast", rounded(place.contrast()));
        features.put("across", rounded(place.across()));
        features.put("down", rounded(place.down()));
        features.put("entropy", rounded(place.entropy()));
        features.put("coherence", rounded(place.coherence()));
        features.put("direction", rounded(place.direction()));
        features.put("margin", rounded(place.margin()));
        return features;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
