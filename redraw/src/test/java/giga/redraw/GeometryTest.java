package giga.redraw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import giga.redraw.Request.Seams;
import giga.redraw.Request.Seams.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeometryTest {
    @TempDir
    Path folder;

    @Test
    void whatIsLeftOpenComesFromThePredecessors() throws Exception {
        assertThat(redraw("", geometry(Layout.EVEN, Mode.NONE)).seams()).isEqualTo(Seams.NONE);
        assertThat(redraw("", geometry(Layout.USDU, Mode.BAND)).seams())
                .isEqualTo(new Seams(Mode.BAND, 0.35, 32, 4, 64));
        assertThat(redraw("tile = 512", geometry(Layout.GIGA, Mode.HALF)).seams())
                .isEqualTo(new Seams(Mode.HALF, 0.45, 128, 0, 512));
    }

    @Test
    void aLayoutBringsItsPaddingBlurAndOrderUnlessSomebodySaysOtherwise() throws Exception {
        Request.Tiling usdu =
                redraw("tile = 512", geometry(Layout.USDU, Mode.NONE)).tiling();
        assertThat(usdu)
                .extracting(Request.Tiling::padding, Request.Tiling::blur, Request.Tiling::order)
                .containsExactly(64, 8, Request.Order.LINEAR);
        Request.Tiling giga = redraw("padding = 64\nblur = 16\norder = \"none\"", geometry(Layout.GIGA, Mode.NONE))
                .tiling();
        assertThat(giga)
                .extracting(Request.Tiling::padding, Request.Tiling::blur, Request.Tiling::order)
                .containsExactly(64, 16, Request.Order.NONE);
        Request.Tiling small =
                redraw("tile = 64", geometry(Layout.GIGA, Mode.HALF)).tiling();
        assertThat(small.padding()).isEqualTo(64);
    }

    @Test
    void aModelMayRecommendADenoiseStrengthForSeams() throws Exception {
        Files.writeString(folder.resolve("model.toml"), "seams_denoise = 0.2");
        assertThat(redraw("", geometry(Layout.EVEN, Mode.HALF)).seams().denoise())
                .isEqualTo(0.2);
        assertThat(redraw("seams_denoise = 0.3", geometry(Layout.EVEN, Mode.BAND))
                        .seams()
                        .denoise())
                .isEqualTo(0.3);
        // A recommendation for seams is no wish for them.
        assertThat(redraw("", geometry(Layout.EVEN, Mode.NONE)).seams()).isEqualTo(Seams.NONE);
        assertThatThrownBy(() -> redraw("seams_denoise = 0.3", geometry(Layout.EVEN, Mode.NONE)))
                .isInstanceOf(JobException.class)
                .hasMessageStartingWith("seams-denoise 0.3 is of no use without seams");
    }

    @Test
    void aSamplerThatCannotRunIsRefusedForSeamsAloneToo() {
        Geometry alone =
                new Geometry(Layout.EVEN, false, Mode.BAND, Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> redraw("sampler = \"DDIM\"\nsteps = 1", alone))
                .hasMessageStartingWith("DDIM cannot run in 1 step");
    }

    private static Geometry geometry(Layout layout, Mode seams) {
        return new Geometry(layout, true, seams, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private PassSettings redraw(String wishes, Geometry geometry) throws Exception {
        Diffusion some =
                TestRequests.diffusion(folder.resolve("model.safetensors").toString(), "");
        PassWish wish = new PassWish(
                some.model(),
                SettingsFile.read(Files.writeString(folder.resolve("wishes.toml"), wishes)),
                geometry,
                Join.PIXELS,
                Upscaling.LANCZOS,
                Diffusion.Tuning.NONE,
                List.of(),
                "auto");
        return Requests.pass(wish, some.noise(), 1024, 1024);
    }
}
