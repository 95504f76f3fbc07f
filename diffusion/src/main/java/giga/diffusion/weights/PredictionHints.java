package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Prediction;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a single file tells of its training: Stability's metadata, those of kohya's scripts, and the marker tensors of SDXL
 * models that predict velocity.
 */
record PredictionHints(Path path, Set<String> names, Map<String, String> metadata) {
    record Told(Prediction prediction, PredictionSource source) {}

    /**
     * Empty where nothing is told.
     *
     * @throws ModelException where the file names a prediction that is none
     */
    Optional<Told> told() {
        String written = metadata.getOrDefault("modelspec.prediction_type", "");
        return switch (written) {
            case "epsilon", "eps" -> Optional.of(new Told(Prediction.EPS, PredictionSource.METADATA));
            case "v", "v_prediction" -> Optional.of(new Told(Prediction.V, PredictionSource.METADATA));
            case "" -> marked();
            default ->
                throw new ModelException(
                        "%s: its metadata names the prediction type %s; only epsilon and v are supported."
                                .formatted(path, Names.show(written)));
        };
    }

    boolean zeroTerminalSnr() {
        return names.contains("ztsnr");
    }

    private Optional<Told> marked() {
        if (metadata.getOrDefault("ss_v_parameterization", "").equalsIgnoreCase("true")) {
            return Optional.of(new Told(Prediction.V, PredictionSource.METADATA));
        }
        return names.contains("v_pred")
                ? Optional.of(new Told(Prediction.V, PredictionSource.MARKER))
                : Optional.empty();
    }
}
