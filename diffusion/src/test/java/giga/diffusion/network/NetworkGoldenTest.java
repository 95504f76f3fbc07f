package giga.diffusion.network;

import giga.diffusion.tensor.MappedWeights;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Formula;
import giga.diffusion.weights.FormulaCheckpoint;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks of a small SD 1 family against the reference implementations. */
class NetworkGoldenTest {
    private static final Pattern FAINT = Pattern.compile(
            ".*((input_blocks\\.0\\.0|out_layers\\.3|proj_in|proj_out|to_out\\.0|ff\\.net\\.2)\\.(weight|bias)"
                    + "|(\\.op|\\.conv|skip_connection)\\.bias)");

    @TempDir
    static Path folder;

    private static Checkpoint tiny;

    @BeforeAll
    static void makeCheckpoint() {
        tiny = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny_sd1.safetensors")));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @ParameterizedTest
    @EnumSource
    void unet(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "unet.safetensors");
        Scope.read(() -> {
            UNet unet = unet(new MappedWeights(tiny, precision), precision);
            for (String name : golden.values().names()) {
                if (!name.endsWith(".output") || name.startsWith("faint")) continue;
                String input = name.substring(0, name.length() - ".output".length());
                golden.check(name, forward(unet, golden, input), precision);
            }
            return golden;
        });
    }

    /** Features of about 1e-3, where a wrong epsilon of a norm shows. */
    @ParameterizedTest
    @EnumSource(names = "F32")
    void faintFeatures(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "unet.safetensors");
        Scope.read(() -> {
            UNet unet = unet(faint(new MappedWeights(tiny, precision)), precision);
            golden.check("faint.output", forward(unet, golden, "stages"), precision);
            return golden;
        });
    }

    @ParameterizedTest
    @EnumSource
    void klAutoencoder(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "vae.safetensors");
        Scope.read(() -> {
            var vae = new AutoencoderKl(new MappedWeights(tiny, precision).below("first_stage_model."), precision);
            for (String name : golden.values().names()) {
                String input = name.substring(0, name.lastIndexOf('.'));
                if (name.startsWith("d") && name.endsWith(".image"))
                    golden.check(name, vae.decode(golden.tensor(input + ".latent")), precision);
                if (name.endsWith(".mean")) {
                    Tensor image = golden.values().has(input + ".image")
                            ? golden.tensor(input + ".image")
                            : Tensor.of(
                                    Formula.input("input/tiny_sd1/" + input + "/image", 3 * 72 * 136, 2),
                                    1,
                                    3,
                                    72,
                                    136);
                    golden.check(name, vae.encode(image), precision);
                    golden.check(input + ".logvar", logVariance(vae.moments(image)), precision);
                }
            }
            return golden;
        });
    }

    private static Tensor logVariance(Tensor moments) {
        return moments.narrow(1, moments.size(1) / 2, moments.size(1) / 2);
    }

    @ParameterizedTest
    @EnumSource
    void tinyAutoencoder(Precision precision) {
        Golden golden = Golden.open("taesd", "taesd.safetensors");
        Checkpoint taesd = FormulaCheckpoint.openTaesd(folder.resolve("taesd-" + precision));
        Scope.read(() -> {
            var vae = new AutoencoderTiny(new MappedWeights(taesd, precision), precision);
            for (String name : golden.values().names()) {
                String input = name.substring(0, name.lastIndexOf('.'));
                if (name.startsWith("d") && name.endsWith(".image"))
                    golden.check(name, vae.decode(golden.tensor(input + ".latent")), precision);
                if (name.startsWith("e") && name.endsWith(".latent"))
                    golden.check(name, vae.encode(golden.tensor(input + ".image")), precision);
            }
            return golden;
        });
        taesd.close();
    }

    @ParameterizedTest
    @EnumSource
    void textEncoder(Precision precision) {
        Golden golden = Golden.open("tiny_sd1", "text.safetensors");
        Scope.read(() -> {
            var weights = new MappedWeights(tiny, precision).below("cond_stage_model.transformer.text_model.");
            var encoder = new ClipTextEncoder(weights, 2, Activation.QUICK_GELU);
            int[][] ids = ids(golden.values().longs("clip.ids"));
            golden.check("clip.skip1", encoder.forward(ids, 1), precision);
            golden.check("clip.skip2", encoder.forward(ids, 2), precision);
            return golden;
        });
    }

    private static UNet unet(Weights weights, Precision precision) {
        return new UNet(weights.below("model.diffusion_model."), precision, new Heads.Count(8));
    }

    private static Tensor forward(UNet unet, Golden golden, String input) {
        return unet.forward(
                golden.tensor(input + ".latent"),
                golden.values().floats(input + ".timestep"),
                golden.tensor(input + ".context"));
    }

    private static Weights faint(Weights weights) {
        return new Weights() {
            @Override
            public boolean has(String name) {
                return weights.has(name);
            }

            @Override
            public Tensor get(String name) {
                Tensor weight = weights.get(name);
                return FAINT.matcher(name).matches() ? weight.times(0x1p-10) : weight;
            }
        };
    }

    private static int[][] ids(long[] flat) {
        int[][] ids = new int[flat.length / 77][77];
        for (int i = 0; i < flat.length; i++) ids[i / 77][i % 77] = (int) flat[i];
        return ids;
    }
}
