package giga.diffusion.upscale;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds tensors to the shapes that a network wants; what nobody asked for is not of that network. */
final class Checked {
    private static final int WIDEST = 4096;

    private final Map<String, TensorEntry> tensors;
    private final Set<String> rest;

    Checked(Map<String, TensorEntry> tensors) {
        this.tensors = tensors;
        this.rest = new HashSet<>(tensors.keySet());
    }

    /** A side of a convolution's weight. */
    int side(String name, int dimension) {
        List<Long> shape = entry(name).shape();
        if (shape.size() != 4 || shape.get(dimension) < 1 || shape.get(dimension) > WIDEST)
            throw new ModelException("its tensor %s has the shape %s, which is no convolution's; get the file anew"
                    .formatted(name, Names.shape(shape)));
        return shape.get(dimension).intValue();
    }

    void convolution(String name, long out, long in, long side) {
        check(name + ".weight", List.of(out, in, side, side));
        check(name + ".bias", List.of(out));
    }

    /** A convolution that some files have, 1x1 without a bias. */
    void shortcut(String name, long out, long in) {
        if (tensors.containsKey(name + ".weight")) check(name + ".weight", List.of(out, in, 1L, 1L));
    }

    void vector(String name, long length) {
        check(name, List.of(length));
    }

    private void check(String name, List<Long> shape) {
        TensorEntry entry = entry(name);
        rest.remove(name);
        if (!entry.shape().equals(shape))
            throw new ModelException("its tensor %s has the shape %s instead of %s; get the file anew"
                    .formatted(name, Names.shape(entry.shape()), Names.shape(shape)));
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = tensors.get(name);
        if (entry == null) throw new ModelException("its tensor %s is missing; get the file anew".formatted(name));
        return entry;
    }

    void end() {
        if (!rest.isEmpty())
            throw new ModelException(
                    "it has a tensor %s, which no upscaler of a known kind has; give an ESRGAN, Real-ESRGAN or compact (SRVGG) model"
                            .formatted(Names.show(
                                    rest.stream().sorted().findFirst().orElseThrow())));
    }
}
