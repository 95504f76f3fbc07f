package giga.diffusion.tensor;

import java.util.Optional;

/** Named weights of a model, in the single-file (ldm) layout and in one precision. */
public interface Weights {
    boolean has(String name);

    /** @throws giga.diffusion.ModelException when there is none of that name */
    Tensor get(String name);

    default Optional<Tensor> find(String name) {
        return has(name) ? Optional.of(get(name)) : Optional.empty();
    }

    /** The weights below a prefix, by the rest of their names. */
    default Weights below(String prefix) {
        Weights all = this;
        return new Weights() {
            @Override
            public boolean has(String name) {
                return all.has(prefix + name);
            }

            @Override
            public Tensor get(String name) {
                return all.get(prefix + name);
            }
        };
    }
}
