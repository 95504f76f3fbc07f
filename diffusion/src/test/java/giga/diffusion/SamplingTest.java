package giga.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.sampler.Sampler;
import giga.diffusion.sampler.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.4, 6, 'Sampling in 0 steps: give 1 to 1000'",
        "1001, 0.4, 6, 'Sampling in 1001 steps: give 1 to 1000'",
        "20, -0.1, 6, 'A denoise strength of -0.1: give 0 (the last step only) to 1 (all new)'",
        "20, NaN, 6, 'A denoise strength of NaN: give 0 (the last step only) to 1 (all new)'",
        "20, 0.4, 101, 'A guidance scale (cfg) of 101.0: give 0 to 100; 1 is no guidance'",
        "20, 0.4, NaN, 'A guidance scale (cfg) of NaN: give 0 to 100; 1 is no guidance'",
    })
    void unusableValuesAreRefused(int steps, double denoise, double cfg, String message) {
        assertThatThrownBy(() -> new Sampling(Sampler.EULER, Scheduler.KARRAS, steps, denoise, cfg))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    @Test
    void aSchedulerInTheSamplersNameGoesFirst() {
        assertThat(Sampling.named("DPM++ SDE Karras", "Exponential", 20, 0.4, 6).scheduler())
                .isEqualTo(Scheduler.KARRAS);
        assertThat(Sampling.named("DPM++ SDE", "exponential", 20, 0.4, 6).scheduler())
                .isEqualTo(Scheduler.EXPONENTIAL);
        assertThatThrownBy(() -> Sampling.named("Euler Karras", "Exponental", 20, 0.4, 6))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("did you mean Exponential?");
    }

    @Test
    void callsAreKnownWithoutARun() {
        Sampling poster = new Sampling(Sampler.DPM_PP_SDE, Scheduler.KARRAS, 20, 0.4, 6);
        assertThat(poster.denoiserCalls()).isEqualTo(17);
        assertThat(poster.networkCalls()).isEqualTo(34);
        assertThat(new Sampling(Sampler.DPM_PP_2M, Scheduler.KARRAS, 20, 0.4, 1).networkCalls())
                .isEqualTo(9);
    }
}
