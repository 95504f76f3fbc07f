package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object beside the weights of a diffusers folder. */
record Config(Path path, JsonNode root) {
    private static final int MOST_BYTES = 16 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** @throws ModelException where the file is missing or is not a JSON object */
    static Config read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ModelException(
                        "%s: it is larger than %,d bytes; download the model again.".formatted(path, MOST_BYTES));
            }
            JsonNode root = JSON.readTree(bytes);
            if (!root.isObject()) {
                throw new ModelException("%s: it is not a JSON object; download the model again.".formatted(path));
            }
            return new Config(path, root);
        } catch (IOException e) {
            throw new ModelException(
                    "%s: it is missing or cannot be read; download the whole model again.".formatted(path), e);
        } catch (JacksonException e) {
            throw new ModelException(
                    "%s: it is not JSON (%s); download the model again."
                            .formatted(path, Names.show(e.getOriginalMessage())),
                    e);
        }
    }

    /** Whether there is a value, not null. */
    boolean has(String key) {
        return root.hasNonNull(key);
    }

    String text(String key, String otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!root.get(key).isString()) {
            throw wrong(key, "a string");
        }
        return root.get(key).stringValue();
    }

    /** A finite number above 0. */
    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        double number = root.get(key).isNumber() ? root.get(key).asDouble(Double.NaN) : Double.NaN;
        if (!(number > 0) || Double.isInfinite(number)) {
            throw wrong(key, "a number above 0");
        }
        return number;
    }

    /** Absent and null are false. */
    boolean isTrue(String key) {
        if (!has(key)) {
            return false;
        }
        if (!root.get(key).isBoolean()) {
            throw wrong(key, "true or false");
        }
        return root.get(key).booleanValue();
    }

    int whole(String key, int otherwise) {
        return has(key) ? whole(key, root.get(key)) : otherwise;
    }

    /** One whole number or a list of them. */
    List<Integer> wholes(String key, int otherwise) {
        if (!has(key)) {
            return List.of(otherwise);
        }
        JsonNode value = root.get(key);
        if (!value.isArray()) {
            return List.of(whole(key, value));
        }
        if (value.isEmpty() || value.size() > 64) {
            throw wrong(key, "a list of 1 to 64 numbers");
        }
        return StreamSupport.stream(value.spliterator(), false)
                .map(one -> whole(key, one))
                .toList();
    }

    private int whole(String key, JsonNode value) {
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
            throw wrong(key, "a whole number above 0");
        }
        return value.intValue();
    }

    /** The strings in the object under this key. */
    Stream<String> texts(String key) {
        if (!has(key) || !root.get(key).isObject()) {
            throw wrong(key, "a JSON object");
        }
        return root.get(key).values().stream().map(value -> {
            if (!value.isString()) {
                throw wrong(key, "an object of strings");
            }
            return value.stringValue();
        });
    }

    /** Refuses any other value than these; a value that is absent or null is the first of them by default. */
    void requireOrAbsent(String key, String... values) {
        if (has(key) && !List.of(values).contains(root.get(key).asString(""))) {
            JsonNode value = root.get(key);
            throw unsupported(
                    key, value.isString() ? value.stringValue() : value.toString(), String.join(" or ", values));
        }
    }

    void requireAbsent(String key) {
        if (has(key)) {
            throw unsupported(key, root.get(key).toString(), "models without it");
        }
    }

    ModelException unsupported(String key, String value, String supported) {
        return new ModelException("%s: %s is %s; supported: %s.".formatted(path, key, Names.show(value), supported));
    }

    private ModelException wrong(String key, String wanted) {
        return new ModelException("%s: %s must be %s; download the model again.".formatted(path, key, wanted));
    }
}
