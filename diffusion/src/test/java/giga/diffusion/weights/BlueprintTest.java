package giga.diffusion.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Every tensor of a model counts: none may be missing, and none may have another shape. */
class BlueprintTest {
    private static final Path PATH = Path.of("model.safetensors");
    private static final Architecture TINY = architecture(Autoencoder.KL, 8, 4, 2);

    @Test
    void theRealSizesFit() {
        assertThatCode(() -> check(tensors(FormulaCheckpoint.SD15), architecture(Autoencoder.KL, 8, 4, 12)))
                .doesNotThrowAnyException();
    }

    @Test
    void noTensorMayBeMissing() {
        refusesEveryMissing(tensors(FormulaCheckpoint.TINY_SD1), TINY);
    }

    @Test
    void noTensorMayHaveAnotherShape() {
        refusesEveryOtherShape(tensors(FormulaCheckpoint.TINY_SD1), TINY);
    }

    @Test
    void theEmbeddedModelsTensorsCountAsWell() {
        try (Checkpoint mini = Checkpoint.open(Path.of("../models/giga-mini"))) {
            Map<String, TensorEntry> tensors = new HashMap<>();
            mini.names().forEach(name -> tensors.put(name, mini.get(name)));
            refusesEveryMissing(tensors, mini.architecture());
            refusesEveryOtherShape(tensors, mini.architecture());
        }
    }

    @Test
    void tellsHowManyAreMissingAndTheFirst() {
        refuses(
                without(name -> name.contains("input_blocks.4.1.transformer_blocks.0.attn")),
                "10 of the 686 tensors of its UNet are missing (\"" + Parts.UNET + "input_blocks.4.1.");
        refuses(without(name -> name.startsWith(Parts.KL)), "it has no autoencoder");
        refuses(without(name -> name.startsWith(Parts.TEXT)), "it has no text encoder");
    }

    @Test
    void aMissingBlockIsNamed() {
        refuses(
                without(name -> name.startsWith(Parts.UNET + "input_blocks.4.")),
                "input_blocks.4.0.in_layers.0.weight");
        refuses(without(name -> name.startsWith(Parts.UNET + "input_blocks.4.1.")), "have attention");
        refuses(without(name -> name.startsWith(Parts.UNET + "input_blocks.11.")), "12 on its way up");
        refuses(without(name -> name.startsWith(Parts.UNET + "middle_block.")), "middle_block.0.in_layers.0.weight");
    }

    @Test
    void integersAreNoWeights() {
        Map<String, TensorEntry> tensors = tensors(FormulaCheckpoint.TINY_SD1);
        tensors.computeIfPresent(
                Parts.FIRST_CONV, (name, entry) -> new TensorEntry(name, DType.I8, entry.shape(), entry.data()));
        refuses(tensors, "holds I8 where weights belong");
    }

    @Test
    void headsMustDivideTheChannels() {
        assertThatThrownBy(() -> check(tensors(FormulaCheckpoint.TINY_SD1), architecture(Autoencoder.KL, 7, 4, 2)))
                .hasMessageContaining("32 channels do not divide into 7 attention heads");
    }

    @Test
    void aFileOfCountlessLayersCostsNoTime() {
        Map<String, TensorEntry> tensors = tensors(FormulaCheckpoint.TINY_SD1);
        for (int level = 0; level < 200; level++) {
            for (int block = 0; block < 200; block++) {
                String name = Parts.KL + "encoder.down." + level + ".block." + block + ".x";
                tensors.put(name, new TensorEntry(name, DType.F16, List.of(1L), MemorySegment.NULL));
            }
        }
        assertTimeout(Duration.ofSeconds(5), () -> refuses(tensors, "tensors of its autoencoder are missing"));
    }

    @Test
    void namesAndShapesByChanceAreReadOrRefused() {
        Random random = new Random(6);
        String[] pieces = {
            ".", "..", "0", "7", "999", "1000", "-1", "weight", "op", "conv", "transformer_blocks", "block", "up"
        };
        Map<String, TensorEntry> tensors = tensors(FormulaCheckpoint.TINY_SD1);
        List<String> names = List.copyOf(tensors.keySet());
        for (int i = 0; i < 2_000; i++) {
            TensorEntry entry = tensors.remove(names.get(random.nextInt(names.size())));
            String name = entry.name();
            int from = random.nextInt(name.length());
            int to = Math.min(name.length(), from + random.nextInt(8));
            String other = name.substring(0, from) + pieces[random.nextInt(pieces.length)] + name.substring(to);
            List<Long> shape = random.longs(random.nextInt(6), 0, 300).boxed().toList();
            TensorEntry before = tensors.put(other, new TensorEntry(other, DType.F16, shape, MemorySegment.NULL));
            accepts(tensors, TINY);
            tensors.remove(other);
            if (before != null) {
                tensors.put(other, before);
            }
            tensors.put(name, entry);
        }
        assertThat(accepts(tensors, TINY)).isTrue();
    }

    private static void refusesEveryMissing(Map<String, TensorEntry> tensors, Architecture architecture) {
        List<String> accepted = new ArrayList<>();
        for (String name : List.copyOf(tensors.keySet())) {
            TensorEntry removed = tensors.remove(name);
            if (accepts(tensors, architecture)) {
                accepted.add(name);
            }
            tensors.put(name, removed);
        }
        assertThat(accepted).isEmpty();
    }

    private static void refusesEveryOtherShape(Map<String, TensorEntry> tensors, Architecture architecture) {
        List<String> accepted = new ArrayList<>();
        for (TensorEntry entry : List.copyOf(tensors.values())) {
            for (int axis = 0; axis < entry.shape().size(); axis++) {
                List<Long> shape = new ArrayList<>(entry.shape());
                shape.set(axis, 2 * shape.get(axis));
                tensors.put(entry.name(), new TensorEntry(entry.name(), entry.dtype(), shape, entry.data()));
                if (accepts(tensors, architecture)) {
                    accepted.add(entry.name() + " axis " + axis);
                }
            }
            tensors.put(entry.name(), entry);
        }
        // A vocabulary may have any size.
        assertThat(accepted).allMatch(name -> name.equals(Parts.TOKENS + " axis 0"));
    }

    private static boolean accepts(Map<String, TensorEntry> tensors, Architecture architecture) {
        try {
            check(tensors, architecture);
            return true;
        } catch (ModelException e) {
            return false;
        }
    }

    private static void refuses(Map<String, TensorEntry> tensors, String fault) {
        assertThatThrownBy(() -> check(tensors, TINY))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageStartingWith(PATH + ": ")
                .hasMessageContaining(fault);
    }

    private static Map<String, TensorEntry> without(Predicate<String> removed) {
        Map<String, TensorEntry> tensors = tensors(FormulaCheckpoint.TINY_SD1);
        tensors.keySet().removeIf(removed);
        return tensors;
    }

    private static void check(Map<String, TensorEntry> tensors, Architecture architecture) {
        Blueprint.checkAll(
                new Checkpoint(
                        PATH, architecture, PredictionSource.FAMILY, Map.of(), Optional.empty(), new OpenFiles()),
                tensors);
    }

    private static Map<String, TensorEntry> tensors(FormulaCheckpoint model) {
        Map<String, TensorEntry> tensors = new HashMap<>();
        for (FormulaCheckpoint.Key key : model.keys()) {
            if (!key.positions()) {
                tensors.put(key.key(), new TensorEntry(key.key(), DType.F16, key.shape(), MemorySegment.NULL));
            }
        }
        return tensors;
    }

    private static Architecture architecture(Autoencoder autoencoder, int heads, int latent, int textHeads) {
        return new Architecture(
                Family.SD1,
                Prediction.EPS,
                false,
                new Heads.Count(heads),
                autoencoder,
                latent,
                0.18215,
                List.of(new TextEncoder(TextEncoder.Layout.CLIP, Parts.TEXT, textHeads, Activation.QUICK_GELU)),
                0.00085,
                0.012);
    }
}
