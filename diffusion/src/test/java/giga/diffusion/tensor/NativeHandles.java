package giga.diffusion.tensor;

import org.bytedeco.javacpp.Pointer;

/** What the library's binding holds on to, for tests that nothing is left behind. */
public final class NativeHandles {
    private NativeHandles() {}

    public static long count() {
        return Pointer.totalCount();
    }
}
