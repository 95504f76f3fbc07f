package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.pickle.Values.Tuple;
import java.util.List;

/** Numbers of a pickle that are sizes. */
final class Numbers {
    private static final int MOST_DIMENSIONS = 16;

    private Numbers() {}

    static long count(Object value) {
        if (value instanceof Long number && number >= 0) return number;
        throw new ModelException("its pickle has something else where a size belongs; it is damaged");
    }

    static List<Long> counts(Object value) {
        List<Object> items = value instanceof Tuple(List<Object> all) ? all : List.of(value);
        if (items.size() > MOST_DIMENSIONS)
            throw new ModelException("it has a tensor of %d dimensions".formatted(items.size()));
        return items.stream().map(Numbers::count).toList();
    }
}
