package giga.diffusion.weights.pickle;

import java.lang.foreign.MemorySegment;

/**
 * A file's pickled object and the bytes that it refers to.
 *
 * @param root the object
 */
record Container(Object root, Storages storages) {
    interface Storages {
        /** All bytes of a storage. */
        MemorySegment bytes(Storage storage);
    }
}
