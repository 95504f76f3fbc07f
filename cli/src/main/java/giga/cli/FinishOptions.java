package giga.cli;

import giga.canvas.PictureException;
import giga.canvas.finish.Blend;
import giga.canvas.finish.Finish;
import giga.canvas.finish.Finish.Step;
import giga.canvas.finish.Grain;
import giga.canvas.finish.Sharpening;
import giga.canvas.finish.Texture;
import giga.canvas.finish.Tone;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to a picture at the end. */
final class FinishOptions {
    private static final String TEXTURE = "--texture";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--sharpen",
            paramLabel = "AMOUNT",
            description = "How much of the difference from a blur is added: 0 to 10, for example 1.5.")
    private Optional<Double> sharpen;

    @Option(
            names = "--sharpen-method",
            paramLabel = "guarded|unsharp",
            description = "guarded holds halos down: of what would stick out beyond a pixel's neighbours it takes half."
                    + " [guarded]")
    private Optional<Sharpening.Method> sharpenMethod;

    @Option(
            names = "--sharpen-radius",
            paramLabel = "PX",
            description = "Standard deviation of the blur, 0.3 to 16. [1]")
    private Optional<Double> sharpenRadius;

    @Option(
            names = "--sharpen-threshold",
            paramLabel = "LEVELS",
            description = "Differences up to this, of 255, stay as they are. [0]")
    private Optional<Double> sharpenThreshold;

    @Option(
            names = "--grain",
            paramLabel = "AMOUNT",
            description = "Film grain: its standard deviation in middle grey, in levels of 255; 3 is fine, 8 coarse.")
    private Optional<Double> grain;

    @Option(names = "--grain-size", paramLabel = "PX", description = "Width of a grain, 0.5 to 32. [1.5]")
    private Optional<Double> grainSize;

    @Option(names = "--grain-seed", paramLabel = "N", description = "Another number, other grains. [0]")
    private Optional<Long> grainSeed;

    @Option(
            names = TEXTURE,
            paramLabel = "paper|canvas|linen|FILE",
            description = "A layer over the picture: one that giga makes, or a picture.")
    private Optional<String> texture;

    @Option(names = "--opacity", paramLabel = "0..1", description = "Of the texture. [0.55]")
    private Optional<Double> opacity;

    @Option(
            names = "--blend",
            paramLabel = "multiply|overlay|soft-light|screen|normal",
            description = "How the texture is mixed in. [multiply]")
    private Optional<Blend> blend;

    @Option(
            names = "--texture-fit",
            paramLabel = "tile|stretch",
            description = "Again and again without a seam, or once over all. [tile]")
    private Optional<Texture.Fit> textureFit;

    @Option(names = "--texture-scale", paramLabel = "FACTOR", description = "Makes a tiled texture larger. [1]")
    private Optional<Double> textureScale;

    @Option(names = "--texture-brightness", paramLabel = "-100..100", description = "Of the texture alone. [0]")
    private Optional<Double> textureBrightness;

    @Option(names = "--texture-contrast", paramLabel = "-100..100", description = "Of the texture alone. [0]")
    private Optional<Double> textureContrast;

    @Option(names = "--texture-exposure", paramLabel = "STOPS", description = "Of the texture alone. [0]")
    private Optional<Double> textureExposure;

    @Option(
            names = "--brightness",
            paramLabel = "-100..100",
            description = "Of the whole: hundredths of the range are added. [0]")
    private double brightness;

    @Option(names = "--contrast", paramLabel = "-100..100", description = "Of the whole, around middle grey. [0]")
    private double contrast;

    @Option(
            names = "--exposure",
            paramLabel = "STOPS",
            description = "Of the whole, -10 to 10: 1 doubles the light. [0]")
    private double exposure;

    @Option(
            names = "--order",
            paramLabel = "STEP",
            split = ",",
            description = "The steps' order; one that is left out is not done. [sharpen,grain,texture,tone]")
    private List<Step> order = Finish.USUAL_ORDER;

    /** What was asked for; {@link Finish#NOTHING} where that is nothing. */
    Finish finish() {
        try {
            Finish finish =
                    new Finish(order, sharpening(), grain(), texture(), new Tone(brightness, contrast, exposure));
            return finish.changesNothing() ? Finish.NOTHING : finish;
        } catch (PictureException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    private Sharpening sharpening() {
        Sharpening none = Sharpening.NONE;
        needs("--sharpen", sharpen, "--sharpen-method", sharpenMethod);
        needs("--sharpen", sharpen, "--sharpen-radius", sharpenRadius);
        needs("--sharpen", sharpen, "--sharpen-threshold", sharpenThreshold);
        return new Sharpening(
                sharpen.orElse(none.amount()),
                sharpenMethod.orElse(none.method()),
                sharpenRadius.orElse(none.radius()),
                sharpenThreshold.orElse(none.threshold()));
    }

    private Grain grain() {
        Grain none = Grain.NONE;
        needs("--grain", grain, "--grain-size", grainSize);
        needs("--grain", grain, "--grain-seed", grainSeed);
        return new Grain(grain.orElse(none.amount()), grainSize.orElse(none.size()), grainSeed.orElse(none.seed()));
    }

    private Texture texture() {
        Texture none = Texture.NONE;
        needs(TEXTURE, texture, "--opacity", opacity);
        needs(TEXTURE, texture, "--blend", blend);
        needs(TEXTURE, texture, "--texture-fit", textureFit);
        needs(TEXTURE, texture, "--texture-scale", textureScale);
        needs(TEXTURE, texture, "--texture-brightness", textureBrightness);
        needs(TEXTURE, texture, "--texture-contrast", textureContrast);
        needs(TEXTURE, texture, "--texture-exposure", textureExposure);
        return new Texture(
                texture.orElse(none.source()),
                opacity.orElse(none.opacity()),
                blend.orElse(none.blend()),
                textureFit.orElse(none.fit()),
                textureScale.orElse(none.scale()),
                new Tone(textureBrightness.orElse(0.0), textureContrast.orElse(0.0), textureExposure.orElse(0.0)));
    }

    private void needs(String whole, Optional<?> given, String part, Optional<?> partGiven) {
        if (given.isEmpty() && partGiven.isPresent())
            throw new ParameterException(command.commandLine(), part + " does nothing alone; give " + whole + " too");
    }
}
