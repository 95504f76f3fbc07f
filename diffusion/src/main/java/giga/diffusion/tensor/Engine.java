package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.global.torch;

/** Brings libtorch up, once and not before the first tensor is wanted. */
final class Engine {
    private Engine() {}

    /** Makes sure that libtorch is loaded and that this thread records no gradients. */
    static void start() {
        Start.ONCE.check();
        if (!InferenceMode.is_enabled()) PER_THREAD.get();
    }

    private static final ThreadLocal<InferenceMode> PER_THREAD = ThreadLocal.withInitial(() -> new InferenceMode(true));

    private static String remedy() {
        return Device.buildHasCuda()
                ? "this build for Nvidia cards wants the libraries of CUDA 13.1 and cuDNN 9 where the system finds them"
                        + " (on Linux LD_LIBRARY_PATH); see \"Nvidia cards\" in the README, or build for the processor"
                        + " with GIGA_CUDA=0 ./giga --version"
                : "giga has natives for Linux x86-64, macOS arm64 and Windows x86-64, and wants a folder for them that"
                        + " programs may run from (-Dorg.bytedeco.javacpp.cachedir)";
    }

    private record Start(String failure) {
        static final Start ONCE = attempt();

        private static Start attempt() {
            try {
                // Without this OpenBLAS' own threads fight with libtorch's: f32 attention was measured 45 times slower.
                openblas_nolapack.blas_set_num_threads(1);
                torch.set_num_threads(Runtime.getRuntime().availableProcessors());
                return new Start("");
            } catch (LinkageError e) {
                return new Start(String.valueOf(e.getMessage()));
            }
        }

        void check() {
            if (!failure.isEmpty())
                throw new ModelException("libtorch cannot be loaded (" + failure + "); " + remedy());
        }
    }
}
