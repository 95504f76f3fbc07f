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

    /**
     * Empty where nothing is told.
     *
     * @throws ModelException where the file names a prediction that is none
     */
    Optional<Prediction> told() {
        String written = metadata.getOrDefault("modelspec.prediction_type", "");
        return switch (written) {
            case "epsilon", "eps" -> Optional.of(Prediction.EPS);
            case "v", "v_prediction" -> Optional.of(Prediction.V);
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

    private Optional<Prediction> marked() {
        boolean velocity = names.contains("v_pred")
                || metadata.getOrDefault("ss_v_parameterization", "").equalsIgnoreCase("true");
        return velocity ? Optional.of(Prediction.V) : Optional.empty();
    }
}
