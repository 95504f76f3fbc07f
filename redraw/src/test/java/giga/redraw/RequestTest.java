package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
    @ParameterizedTest
    @CsvSource({
        "60, 0, 0, 0, 1, tile 60: give a multiple of 8 from 64 to 8192",
        "100, 0, 0, 0, 1, tile 100: give a multiple of 8 from 64 to 8192",
        "2147483640, 0, 0, 0, 1, tile 2147483640: give a multiple of 8 from 64 to 8192",
        "512, -8, 0, 0, 1, padding -8: give a multiple of 8 from 0 to the tile's 512",
        "512, 20, 0, 0, 1, padding 20: give a multiple of 8 from 0 to the tile's 512",
        "512, 520, 0, 0, 1, padding 520: give a multiple of 8 from 0 to the tile's 512",
        "512, 128, 65, 0, 1, 'blur 65: give 0 to 64, half of what neighbouring tiles share; more padding allows more'",
        "512, 0, 1, 0, 1, 'blur 1: give 0 to 0, half of what neighbouring tiles share; more padding allows more'",
        "512, 128, 0, -1, 1, tone lock -1: give 0 (off) to 512 pixels",
        "512, 128, 0, 0, 0, batch 0: give 1 to 256"
    })
    void aTilingThatCannotWorkIsRefusedWithWhatToGiveInstead(
            int tile, int padding, int blur, int toneLock, int batch, String message) {
        assertThatThrownBy(() -> new Request.Tiling(tile, padding, blur, Request.Order.CHESS, toneLock, batch))
                .isInstanceOf(JobException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "BAND, -0.1, 32, 4, 64, seams-denoise -0.1: give 0 to 1",
        "BAND, NaN, 32, 4, 64, seams-denoise NaN: give 0 to 1",
        "HALF, 0.4, 12, 0, 64, seams-padding 12: give a multiple of 8 from 0 to 8192",
        "HALF, 0.4, 520, 0, 64, seams-padding 520: give a multiple of 8 from 0 to the tile's 512",
        "BAND, 0.4, 32, 4, 66, seams-width 66: give a multiple of 4 from 8 to 8192",
        "BAND, 0.4, 32, 33, 64, 'seams-blur 33: give 0 to 32; more width or padding of the seams allows more'",
        "HALF, 0.4, 64, -1, 64, 'seams-blur -1: give 0 to 32; more width or padding of the seams allows more'"
    })
    void seamsThatCannotWorkAreRefused(
            Request.Seams.Mode mode, double denoise, int padding, int blur, int width, String message) {
        Request.Tiling tiling = new Request.Tiling(512, 64, 0, Request.Order.CHESS, 16, 1);
        assertThatThrownBy(() ->
                        TestRequests.pass(tiling, new Request.Seams(mode, denoise, padding, blur, width), 1, true))
                .isInstanceOf(JobException.class)
                .hasMessage(message);
    }

    @Test
    void nothingToDrawIsRefused() {
        assertThatThrownBy(() -> TestRequests.pass(TestRequests.poster(0), Request.Seams.NONE, 1, false))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("redraw off with seams none leaves nothing to draw");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Request.Tiling poster = TestRequests.poster(0);
        assertThatThrownBy(() -> TestRequests.of(poster, 0, 2)).hasMessage("passes 0: give 1 to 16");
        assertThatThrownBy(() -> TestRequests.of(poster, 17, 2)).hasMessage("passes 17: give 1 to 16");
        assertThatThrownBy(() -> TestRequests.of(poster, 1, Double.NaN)).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> TestRequests.of(poster, 1, 0.5)).hasMessage("scale 0.5: give 1 (redraw only) to 16");
        assertThatThrownBy(() -> new Diffusion.Prompts("", "", 0, "Original")).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> new Diffusion.Sampling("Euler", "Karras", 20, Double.NaN, 0.4, Diffusion.Tuning.NONE))
                .hasMessage("cfg NaN: give 0 to 100");
        assertThatThrownBy(() -> new Diffusion.Sampling("Euler", "Karras", 20, 7, 1.5, Diffusion.Tuning.NONE))
                .isInstanceOf(JobException.class);
        assertThatThrownBy(() -> new Diffusion.Model("m", "", "", "auto", "auto", "cpu"))
                .hasMessage("precision 'auto': give f32, bf16 or fp16");
    }

    @Test
    void aMissingLineOfTheRecipeIsNamed() {
        assertThatThrownBy(() -> new Diffusion.Sampling(null, "Karras", 20, 7, 0.4, Diffusion.Tuning.NONE))
                .hasMessage("the recipe gives no sampler: add it");
    }

    @Test
    void theReadSideIsAMultipleOf64() {
        assertThat(TestRequests.poster(0).readSide()).isEqualTo(896);
        assertThat(new Request.Tiling(512, 8, 0, Request.Order.NONE, 0, 1).readSide())
                .isEqualTo(576);
        assertThat(new Request.Tiling(64, 0, 0, Request.Order.NONE, 0, 1).readSide())
                .isEqualTo(64);
    }
}
