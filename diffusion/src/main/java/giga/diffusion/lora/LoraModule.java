package giga.diffusion.lora;

import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.TensorEntry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a LoRA file holds for one module of a network.
 *
 * @param name in kohya's spelling, see {@link LoraKey#module(String)}
 * @param delta of the weight
 * @param scale of the delta: alpha / rank where the file says nothing else
 * @param magnitude trained apart from the weight's directions
 * @param bias difference of the bias, or of a norm's shift
 */
record LoraModule(
        String name, Optional<Delta> delta, double scale, Optional<Magnitude> magnitude, Optional<TensorEntry> bias) {

    /** As people call it: LoRA, LoHa, …, or DoRA where magnitudes are apart. */
    String kind() {
        return magnitude.isPresent() ? "DoRA" : delta.map(Delta::kind).orElse("differences");
    }

    boolean isOfText() {
        return name.startsWith("lora_te");
    }

    boolean fits(List<Long> shape) {
        return delta.map(d -> d.fits(shape)).orElse(true)
                && magnitude.map(m -> m.fits(shape)).orElse(true)
                && bias.map(b -> b.elements() == shape.getFirst()).orElse(true);
    }

    /**
     * Changes a weight in place.
     *
     * @param weight f32, contiguous, of a shape that {@link #fits}
     * @param multiplier how strongly the LoRA acts
     * @param dim how many of its ranks act, all where empty
     */
    void changeWeight(Tensor weight, double multiplier, OptionalInt dim) {
        if (delta.isEmpty()) return;
        if (magnitude.isEmpty()) {
            delta.get().addTo(weight, multiplier * scale, dim);
            return;
        }
        Tensor v = weight.copy();
        delta.get().addTo(v, scale, dim);
        weight.add(magnitude.get().applyTo(v).minus(weight).times(multiplier));
    }

    /** Changes a bias in place. */
    void changeBias(Tensor values, double multiplier) {
        bias.ifPresent(
                b -> values.add(MappedTensor.inF32(b).reshape(values.shape()).times(multiplier)));
    }

    Stream<TensorEntry> tensors() {
        return Stream.of(
                        delta.stream().flatMap(d -> d.tensors().stream()),
                        magnitude.stream().map(Magnitude::lengths),
                        bias.stream())
                .flatMap(s -> s);
    }
}
