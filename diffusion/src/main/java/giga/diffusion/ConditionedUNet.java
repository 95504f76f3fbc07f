package giga.diffusion;

import giga.diffusion.network.UNet;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Architecture.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A family's UNet with everything that it wants beside the latents.
 *
 * @param evaluations is told, before each, for how many latents it is
 */
record ConditionedUNet(UNet unet, Family family, NetworkClock clock, IntConsumer evaluations)
        implements GuidedDenoiser.Unet {

    @Override
    public List<Planes> predict(Planes x, float timestep, List<Conditioning> conditionings) {
        List<List<Planes>> byItem = x.items().stream()
                .map(item -> evaluate(item, timestep, conditionings))
                .toList();
        List<Planes> byConditioning = new ArrayList<>();
        for (int i = 0; i < conditionings.size(); i++) {
            int number = i;
            byConditioning.add(Planes.stack(
                    byItem.stream().map(outputs -> outputs.get(number)).toList()));
        }
        return byConditioning;
    }

    private List<Planes> evaluate(Planes item, float timestep, List<Conditioning> conditionings) {
        int copies = conditionings.size();
        evaluations.accept(copies);
        float[] timesteps = new float[copies];
        Arrays.fill(timesteps, timestep);
        Planes repeated = Planes.stack(Collections.nCopies(copies, item));
        Planes output = clock.time(
                () -> unet.forward(Tensor.of(repeated), timesteps, context(conditionings), vector(conditionings, item))
                        .toPlanes());
        return output.items();
    }

    private static Tensor context(List<Conditioning> conditionings) {
        Conditioning first = conditionings.getFirst();
        List<float[]> values = conditionings.stream().map(Conditioning::values).toList();
        return Tensor.of(joined(values), conditionings.size(), first.tokens(), first.width());
    }

    private Optional<Tensor> vector(List<Conditioning> conditionings, Planes item) {
        if (family != Family.SDXL && family != Family.SDXL_REFINER) return Optional.empty();
        int height = StableDiffusion.PIXELS_PER_LATENT * item.height();
        int width = StableDiffusion.PIXELS_PER_LATENT * item.width();
        List<float[]> vectors = conditionings.stream()
                .map(conditioning -> SizeVector.of(family, conditioning, height, width))
                .toList();
        return Optional.of(Tensor.of(joined(vectors), vectors.size(), vectors.getFirst().length));
    }

    private static float[] joined(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
