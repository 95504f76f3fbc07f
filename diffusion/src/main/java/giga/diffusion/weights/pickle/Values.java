package giga.diffusion.weights.pickle;

import java.util.List;

/** What a pickle may hold beside Java's own strings, numbers, booleans, lists, maps and byte arrays. */
final class Values {
    private Values() {}

    enum None {
        NONE
    }

    /** Marks on the stack where a collection begins. */
    enum Mark {
        MARK
    }

    record Tuple(List<Object> items) {
        Object get(int index) {
            return index < items.size() ? items.get(index) : None.NONE;
        }
    }

    /** A class or function by its name; it is never looked up. */
    record Global(String module, String name) {
        @Override
        public String toString() {
            return module.isEmpty() ? name : module + "." + name;
        }
    }

    /** Stands for an object of a class that means nothing here. */
    record Placeholder(Global of) {}
}
