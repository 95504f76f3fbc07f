package giga.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.diffusion.ModelException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerNameTest {
    @ParameterizedTest
    @CsvSource({
        "DPM++ SDE, DPM_PP_SDE,",
        "DPM++ SDE Karras, DPM_PP_SDE, KARRAS",
        "dpm++ 2m karras, DPM_PP_2M, KARRAS",
        "DPM++ 2M  Exponential, DPM_PP_2M, EXPONENTIAL",
        "' euler A ', EULER_ANCESTRAL,",
        "Euler, EULER,",
        "Euler Automatic, EULER, AUTOMATIC",
        "Euler SGM Uniform, EULER, SGM_UNIFORM",
        "Euler a DDIM, EULER_ANCESTRAL, DDIM",
        "Euler a ddim uniform, EULER_ANCESTRAL, DDIM"
    })
    void namesOfOldAndNewWebuisAreRead(String name, Sampler sampler, Scheduler scheduler) {
        SamplerName parsed = SamplerName.parse(name);
        assertThat(parsed.sampler()).isEqualTo(sampler);
        assertThat(parsed.scheduler().orElse(null)).isEqualTo(scheduler);
    }

    @Test
    void everyNameIsItsOwn() {
        for (Sampler sampler : Sampler.values())
            for (Scheduler scheduler : Scheduler.values())
                assertThat(SamplerName.parse(sampler + " " + scheduler).sampler())
                        .isEqualTo(sampler);
        for (Scheduler scheduler : Scheduler.values())
            assertThat(Scheduler.byName(scheduler.toString())).isEqualTo(scheduler);
    }

    @ParameterizedTest
    @CsvSource({
        "Eular, Euler",
        "euler ancestral, Euler a",
        "DPM+ 2M, DPM++ 2M",
        "DPM SDE Karras, DPM++ SDE",
        "DPM++SDE, DPM++ SDE",
        "DDIM CFG, DDIM CFG++",
        "uni-pc, UniPC"
    })
    void theNearestNameIsSuggested(String typed, String nearest) {
        assertThatThrownBy(() -> SamplerName.parse(typed))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("did you mean " + nearest + "?")
                .hasMessageContaining("There are DPM++ 2M, DPM++ SDE, ")
                .hasMessageEndingWith(", PLMS, UniPC");
    }

    @Test
    void namesAreToldAsTyped() {
        assertThatThrownBy(() -> SamplerName.parse(" Eulr Karras "))
                .hasMessageStartingWith("There is no sampler \"Eulr\";");
    }

    @Test
    void nothingIsGuessedFromNothing() {
        assertThatThrownBy(() -> SamplerName.parse(""))
                .hasMessageStartingWith("There is no sampler \"\"; there are DPM++ 2M,");
    }

    @Test
    void schedulersTooAreSuggested() {
        assertThatThrownBy(() -> Scheduler.byName("kerras"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(
                        "There is no scheduler \"kerras\"; did you mean Karras? There are Automatic, Uniform, Karras, Exponential,");
    }

    @Property(tries = 500)
    void anyOtherNameEndsInAShortSentence(@ForAll String name) {
        try {
            SamplerName.parse(name.repeat(50));
        } catch (ModelException e) {
            assertThat(e.getMessage()).hasSizeLessThan(400);
        }
    }
}
