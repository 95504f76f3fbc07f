package giga.redraw.finish;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.finish.Blend;
import giga.canvas.finish.Finish;
import giga.canvas.finish.Grain;
import giga.canvas.finish.Sharpening;
import giga.canvas.finish.Texture;
import giga.canvas.finish.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.toml.TomlMapper;

/** A finish is kept in recipes. */
class FinishTomlTest {
    @Test
    void itComesBackFromTomlAsItWas() {
        TomlMapper toml = TomlMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
        Finish finish = new Finish(
                List.of(Finish.Step.TEXTURE, Finish.Step.SHARPEN, Finish.Step.GRAIN),
                new Sharpening(1.5, Sharpening.Method.UNSHARP, 0.8, 2),
                new Grain(4, 1.25, -7),
                new Texture("linen", 0.6, Blend.SOFT_LIGHT, Texture.Fit.TILE, 1.5, new Tone(1, 2, 3)),
                new Tone(-4, 5, 0.25));
        String text = toml.writeValueAsString(finish);
        assertThat(toml.readValue(text, Finish.class)).isEqualTo(finish);
        assertThat(toml.readValue(toml.writeValueAsString(Finish.NOTHING), Finish.class))
                .isEqualTo(Finish.NOTHING);
    }
}
