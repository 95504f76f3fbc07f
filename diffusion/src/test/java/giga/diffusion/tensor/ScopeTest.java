package giga.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.network.AutoencoderTiny;
import giga.diffusion.network.UNet;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.InferenceMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Native memory is freed by scopes, not by chance; {@link Pointer#totalCount} counts what is not yet freed. */
class ScopeTest {
    @Test
    void onlyTheResultLeavesAScope() {
        Scope.read(() -> {
            long before = Pointer.totalCount();
            Tensor sum = Scope.run(() -> {
                Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
                return x.plus(x).plus(x.times(2));
            });
            assertThat(Pointer.totalCount() - before).isEqualTo(1);
            assertThat(sum.toFloats()).containsExactly(4, 8, 12);
            return sum;
        });
    }

    @Test
    void whatGoesFromLayerToLayerIsFreedOnTheWay() {
        Scope.read(() -> {
            Tensor x = Tensor.of(new float[] {1, 2, 3}, 3);
            List<Long> counts = new ArrayList<>();
            UnaryOperator<Tensor> layer = input -> {
                counts.add(Pointer.totalCount());
                return input.plus(1).times(2);
            };
            Tensor result = Scope.through(List.of(layer, layer, layer, layer), x);
            assertThat(counts.getLast()).isEqualTo(counts.get(1));
            assertThat(result.toFloats()).containsExactly(46, 62, 78);
            assertThat(x.toFloats()).containsExactly(1, 2, 3);
            return x;
        });
    }

    @Test
    void nothingIsLeftWhenWorkFails() {
        Scope.read(() -> Tensor.of(new float[1], 1).toFloats());
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> Scope.read(() -> Scope.run(() -> failing())))
                    .hasMessage("half way");
            assertThatThrownBy(() -> Lifetime.of(ScopeTest::failing)).hasMessage("half way");
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static Tensor failing() {
        Tensor.of(new float[1000], 1000).plus(1);
        throw new IllegalArgumentException("half way");
    }

    @Test
    void aLifetimeFreesWhatItHeldOnce() {
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            try (Lifetime<Tensor> weights = Lifetime.of(() -> Tensor.of(new float[1000], 1000))) {
                assertThat(Scope.read(() -> weights.value().plus(1).toFloats())).containsOnly(1);
            }
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    @Test
    void aTensorThatNobodyWouldFreeIsNotMade() {
        assertThatThrownBy(() -> Scope.run(() -> Tensor.of(new float[1], 1))).isInstanceOf(IllegalStateException.class);
    }

    /** Recording gradients would hold every activation of a forward pass. */
    @Test
    void noThreadRecordsGradients() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(onAnotherThread(() -> {
                        boolean first = Scope.read(InferenceMode::is_enabled);
                        return first && Scope.read(InferenceMode::is_enabled);
                    }))
                    .isTrue();
        }
    }

    /** Without scopes a pass leaves hundreds of handles and its activations behind. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void hundredsOfForwardPassesLeaveNothingBehind() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(Path.of("../models/giga-mini"))) {
            for (Precision precision : Precision.values()) {
                MappedWeights weights = new MappedWeights(checkpoint, Placement.onProcessor(precision));
                Heads heads = checkpoint.architecture().heads();
                try (Lifetime<UNet> unet = Lifetime.of(() -> new UNet(weights.below("model.diffusion_model."), heads));
                        Lifetime<AutoencoderTiny> autoencoder = Lifetime.of(() -> new AutoencoderTiny(weights))) {
                    passes(unet.value(), autoencoder.value(), 10);
                    long handles = Pointer.totalCount();
                    long resident = residentMebibytes();
                    passes(unet.value(), autoencoder.value(), 100);
                    assertThat(Pointer.totalCount()).isLessThanOrEqualTo(handles);
                    // One leaked picture-sized activation of 512 KiB a pass would be 50 MiB.
                    assertThat(residentMebibytes() - resident).isLessThan(40);
                }
            }
        }
    }

    private static void passes(UNet unet, AutoencoderTiny autoencoder, int count) {
        float[] noise = new float[16 * 8 * 8];
        for (int i = 0; i < count; i++) {
            float[] picture = Scope.read(() -> {
                Tensor latent = Tensor.of(noise, 1, 16, 8, 8);
                Tensor text = Tensor.of(new float[77 * 128], 1, 77, 128);
                Tensor predicted = unet.forward(latent, new float[] {500}, text, Optional.empty());
                return autoencoder
                        .decode(autoencoder.encode(autoencoder.decode(predicted)))
                        .toFloats();
            });
            assertThat(picture).hasSize(3 * 64 * 64);
        }
    }

    private static long residentMebibytes() throws IOException {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * 4096 >> 20;
    }

    private static <T> T onAnotherThread(Callable<T> work) throws InterruptedException, ExecutionException {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(work).get();
        }
    }
}
