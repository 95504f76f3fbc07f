package giga.diffusion.network;

import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.weights.Architecture.TextEncoder;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text encoders of a small family of each kind against the reference implementations. */
class TextEncoderGoldenTest {
    @TempDir
    static Path folder;

    private static TinyModels models;

    @BeforeAll
    static void open() {
        models = new TinyModels(folder);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @ParameterizedTest
    @EnumSource
    void sd1(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "text.safetensors");
        Scope.read(() -> {
            ClipTextEncoder encoder = clip(FormulaCheckpoint.TINY_SD1, precision);
            Tokens tokens = golden.tokens("clip.ids");
            golden.check("clip.skip1", encoder.forward(tokens, 1), precision);
            golden.check("clip.skip2", encoder.forward(tokens, 2), precision);
            return golden;
        });
    }

    @ParameterizedTest
    @EnumSource
    void sd2(Precision precision) {
        Golden golden = Golden.open("tiny_sd2", "text.safetensors");
        Scope.read(() -> {
            OpenClipTextEncoder encoder = openClip(FormulaCheckpoint.TINY_SD2, precision);
            golden.check("openclip.penultimate", encoder.forward(golden.tokens("openclip.ids")), precision);
            return golden;
        });
    }

    @ParameterizedTest
    @EnumSource
    void sdxl(Precision precision) {
        Golden golden = Golden.open("tiny_sdxl", "text.safetensors");
        Scope.read(() -> {
            ClipTextEncoder first = clip(FormulaCheckpoint.TINY_SDXL, precision);
            golden.check("clip_l.hidden", first.forwardUnnormed(golden.tokens("clip_l.ids"), 2), precision);
            OpenClipTextEncoder second = openClip(FormulaCheckpoint.TINY_SDXL, precision);
            OpenClipTextEncoder.Pooled output = second.forwardPooled(golden.tokens("clip_g.ids"));
            golden.check("clip_g.hidden", output.hidden(), precision);
            golden.check("clip_g.pooled", output.pooled(), precision);
            return golden;
        });
    }

    private static ClipTextEncoder clip(FormulaCheckpoint model, Precision precision) {
        TextEncoder text = models.get(model).architecture().textEncoders().getFirst();
        return new ClipTextEncoder(
                models.weights(model, precision).below(text.prefix()), text.heads(), text.activation());
    }

    private static OpenClipTextEncoder openClip(FormulaCheckpoint model, Precision precision) {
        TextEncoder text = models.get(model).architecture().textEncoders().getLast();
        return new OpenClipTextEncoder(
                models.weights(model, precision).below(text.prefix()), text.heads(), text.activation());
    }
}
