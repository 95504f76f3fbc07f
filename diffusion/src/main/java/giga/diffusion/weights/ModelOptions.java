package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Prediction;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user tells of a model, over what its files tell.
 *
 * @param vae a file or folder whose autoencoder stands in for the model's own
 * @param prediction what the UNet's output means
 */
public record ModelOptions(Optional<Path> vae, Optional<Prediction> prediction) {
    public static final ModelOptions NONE = new ModelOptions(Optional.empty(), Optional.empty());

    public ModelOptions withVae(Path vae) {
        return new ModelOptions(Optional.of(vae), prediction);
    }
}
