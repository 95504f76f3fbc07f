package giga.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a device and its precision; in a build for the processor, which the tests run in. */
class DeviceTest {
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "CPU", " cpu ", "auto"})
    void theProcessorIsAlwaysThere(String name) {
        assertThat(Device.of(name)).isEqualTo(Device.CPU).hasToString("cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda:0", "CUDA:1"})
    void aCardNeedsAnotherBuildAndTheMessageSaysHow(String name) {
        assertThatThrownBy(() -> Device.of(name))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("GIGA_CUDA=1 ./giga")
                .hasMessageContaining("--device cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", "cuda:100", "cuda0", ""})
    void whatIsNoDeviceIsRefused(String name) {
        assertThatThrownBy(() -> Device.of(name)).hasMessageContaining("give auto, cpu, cuda or cuda:1");
    }

    @Test
    void halfPrecisionIsForCards() {
        assertThat(Precision.of("fp16", new Device.Cuda(0))).isEqualTo(Precision.FP16);
        assertThat(Precision.of("auto", new Device.Cuda(0))).isEqualTo(Precision.FP16);
        assertThat(Precision.of("auto", Device.CPU)).isIn(Precision.F32, Precision.BF16);
        assertThatThrownBy(() -> Precision.of("fp16", Device.CPU)).hasMessageContaining("give auto, bf16 or f32");
    }
}
