package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Prediction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The training configuration {@code NAME.yaml} beside {@code NAME.safetensors}, which goes before what the checkpoint
 * tells, as A1111 has it. Of YAML, block mappings of plain and quoted scalars are read; all else is passed over.
 *
 * @param values scalars by their keys from the top, joined with dots
 */
record TrainingConfig(Path path, Map<String, String> values) {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z0-9_]+) *:(?: +(.*))?");
    private static final String PARAMETERS = "model.params.";

    private record Level(int indent, String key) {}

    /**
     * Empty values where there is no such file.
     *
     * @throws ModelException where it cannot be read
     */
    static TrainingConfig beside(Path checkpoint) {
        Path file = checkpoint.resolveSibling(Checkpoint.name(checkpoint) + ".yaml");
        if (!Files.isRegularFile(file)) {
            return new TrainingConfig(file, Map.of());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ModelException(
                        "%s: it is larger than %,d bytes, so it is no model's configuration; remove it."
                                .formatted(file, MOST_BYTES));
            }
            return parse(file, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ModelException("%s: it cannot be read (%s).".formatted(file, e.getMessage()), e);
        }
    }

    /** @throws ModelException where the prediction is one that is not supported */
    Optional<Prediction> prediction() {
        String written = values.getOrDefault(PARAMETERS + "parameterization", "");
        return switch (written) {
            case "" -> Optional.empty();
            case "eps" -> Optional.of(Prediction.EPS);
            case "v" -> Optional.of(Prediction.V);
            default ->
                throw new ModelException(
                        "%s: parameterization is %s; supported: eps and v.".formatted(path, Names.show(written)));
        };
    }

    /** Whether the average of the UNet's weights is meant to be used where there is one. */
    boolean averages() {
        return values.getOrDefault(PARAMETERS + "use_ema", "").equalsIgnoreCase("true");
    }

    /** @throws ModelException where the scale is no number above 0 */
    double latentScale(double otherwise) {
        String written = values.get(PARAMETERS + "scale_factor");
        if (written == null) {
            return otherwise;
        }
        try {
            double scale = Double.parseDouble(written);
            if (scale > 0 && Double.isFinite(scale)) {
                return scale;
            }
        } catch (NumberFormatException e) {
            // The message below says it.
        }
        throw new ModelException(
                "%s: scale_factor is %s; it must be a number above 0.".formatted(path, Names.show(written)));
    }

    static TrainingConfig parse(Path file, String yaml) {
        Map<String, String> values = new HashMap<>();
        Deque<Level> levels = new ArrayDeque<>();
        for (String line : yaml.split("\\R")) {
            Matcher entry = LINE.matcher(line);
            if (!entry.matches()) {
                continue;
            }
            int indent = entry.group(1).length();
            while (!levels.isEmpty() && levels.peek().indent() >= indent) {
                levels.pop();
            }
            String key = levels.isEmpty() ? entry.group(2) : levels.peek().key() + "." + entry.group(2);
            String value = scalar(entry.group(3) == null ? "" : entry.group(3).strip());
            if (value.isEmpty() && key.length() < 200) {
                levels.push(new Level(indent, key));
            } else {
                values.put(key, value);
            }
        }
        return new TrainingConfig(file, values);
    }

    private static String scalar(String text) {
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, 1);
            return end < 0 ? text : text.substring(1, end);
        }
        int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
