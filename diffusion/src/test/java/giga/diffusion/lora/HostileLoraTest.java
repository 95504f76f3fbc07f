package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;

import giga.diffusion.GoldenFile;
import giga.diffusion.ModelException;
import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.FormulaCheckpoint;
import giga.diffusion.weights.TensorFile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a LoRA file, it is merged or refused with a sentence; nothing reaches native code that breaks it. */
class HostileLoraTest {
    private static final int MUTATIONS = 10_000;
    private static final int MOST_BYTES = 200_000;
    private static final List<String> SUFFIXES = List.of(
            ".lora_down.weight",
            ".lora_up.weight",
            ".lora_mid.weight",
            ".alpha",
            ".scale",
            ".dora_scale",
            ".hada_w1_a",
            ".hada_w2_b",
            ".hada_t1",
            ".lokr_w1",
            ".lokr_w1_b",
            ".lokr_w2",
            ".lokr_w2_a",
            ".lokr_t2",
            ".diff",
            ".diff_b",
            ".w_norm",
            ".b_norm",
            ".weight",
            ".on_input",
            ".lora_A.weight",
            ".oft_blocks",
            "");

    @TempDir
    static Path folder;

    private static Checkpoint tiny;
    private static ModuleNames names;
    private static List<List<Item>> originals;

    /** A tensor before it is written. */
    private record Item(String name, DType dtype, long[] shape, byte[] bytes) {
        Item named(String other) {
            return new Item(other, dtype, shape, bytes);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        tiny = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors")));
        names = new ModuleNames(tiny);
        originals = new ArrayList<>();
        for (String kind : List.of("locon", "tucker", "loha", "lokr", "dora", "misc", "peft")) {
            String name = "lora_sd1_" + kind + ".safetensors";
            Path file = Files.write(folder.resolve(name), GoldenFile.resource("/networks/lora/" + name));
            try (TensorFile lora = TensorFile.open(file)) {
                originals.add(lora.tensors().values().stream()
                        .map(entry -> new Item(
                                entry.name(),
                                entry.dtype(),
                                entry.shape().stream().mapToLong(side -> side).toArray(),
                                entry.data().toArray(ValueLayout.JAVA_BYTE)))
                        .toList());
            }
        }
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void tenThousandMutations() throws IOException {
        Random random = new Random(4);
        Path file = folder.resolve("mutated.safetensors");
        int merged = 0;
        int refused = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            List<Item> items = new ArrayList<>(few(originals.get(random.nextInt(originals.size())), random));
            for (int times = 1 + random.nextInt(3); times > 0; times--) mutate(items, random);
            write(items, file, random);
            try {
                merge(file, random);
                merged++;
            } catch (ModelException e) {
                assertThat(e).hasMessageContaining("mutated.safetensors").hasMessageEndingWith(".");
                assertThat(e.getMessage()).hasSizeLessThan(700).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(merged).isGreaterThan(1000);
        assertThat(refused).isGreaterThan(1000);
    }

    private static void merge(Path file, Random random) {
        OptionalInt dim = random.nextInt(4) == 0 ? OptionalInt.of(1 + random.nextInt(6)) : OptionalInt.empty();
        try (LoraMerge merge = new LoraMerge(names, List.of(new LoraUse(file, 0.5, -1, dim)))) {
            for (String name : merge.weights())
                Scope.read(() -> {
                    Tensor weight = MappedTensor.inF32(tiny.get(name));
                    merge.apply(name, weight);
                    return weight;
                });
        }
    }

    /** A module or two are as good as all of them, and quicker. */
    private static List<Item> few(List<Item> items, Random random) {
        List<String> modules =
                items.stream().map(HostileLoraTest::module).distinct().toList();
        String one = modules.get(random.nextInt(modules.size()));
        String two = modules.get(random.nextInt(modules.size()));
        return items.stream()
                .filter(item -> module(item).equals(one) || module(item).equals(two))
                .filter(item -> item.bytes().length < MOST_BYTES)
                .toList();
    }

    private static String module(Item item) {
        return LoraKey.of(item.name()).map(LoraKey::module).orElse("x");
    }

    private static void mutate(List<Item> items, Random random) {
        if (items.isEmpty()) return;
        int at = random.nextInt(items.size());
        Item item = items.get(at);
        switch (random.nextInt(9)) {
            case 0 -> items.remove(at);
            case 1 -> items.set(at, item.named(renamed(item.name(), random)));
            case 2 -> items.add(item.named(renamed(item.name(), random)));
            case 3 -> items.set(at, reshaped(item, random));
            case 4 -> items.set(at, resized(item, random));
            case 5 -> items.set(at, retyped(item, random));
            case 6 -> items.set(at, noise(item, random));
            case 7 -> {
                Item other = items.get(random.nextInt(items.size()));
                items.set(at, new Item(item.name(), other.dtype(), other.shape(), other.bytes()));
            }
            default -> items.add(number(module(items.getFirst()), random));
        }
    }

    private static String renamed(String name, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> name.substring(random.nextInt(name.length() + 1));
            case 1 -> name.substring(0, random.nextInt(name.length() + 1));
            case 2 -> name.replaceFirst("_\\d", "_" + random.nextInt(12));
            case 3 -> name.replace('_', '.');
            default -> {
                int dot = name.indexOf('.');
                yield name.substring(0, dot < 0 ? name.length() : dot) + SUFFIXES.get(random.nextInt(SUFFIXES.size()));
            }
        };
    }

    /** The same numbers in other sides. */
    private static Item reshaped(Item item, Random random) {
        long count = item.bytes().length / item.dtype().bytes();
        long side = 1 + random.nextInt(8);
        long[] shape = switch (random.nextInt(6)) {
            case 0 -> new long[] {count};
            case 1 -> count % side == 0 ? new long[] {side, count / side} : new long[] {1, count};
            case 2 -> count % side == 0 ? new long[] {count / side, side, 1, 1} : new long[] {count, 1, 1, 1};
            case 3 -> new long[] {1, 1, 1, count};
            case 4 ->
                LongStream.concat(Arrays.stream(item.shape()), LongStream.of(1)).toArray();
            default -> new long[] {1, count, 1, 1, 1, 1};
        };
        return new Item(item.name(), item.dtype(), shape, item.bytes());
    }

    /** Another side, and as many numbers as it takes; a side of 0 takes none, however large the others are. */
    private static Item resized(Item item, Random random) {
        if (item.shape().length == 0) return item;
        long[] shape = item.shape().clone();
        long[] sides = {0, 1, 2, 3, 5, 16, 4096, 1L << 31, Long.MAX_VALUE};
        shape[random.nextInt(shape.length)] = sides[random.nextInt(sides.length)];
        if (random.nextBoolean()) shape[random.nextInt(shape.length)] = random.nextInt(3);
        double count = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
        if (count * item.dtype().bytes() > MOST_BYTES) return item;
        byte[] bytes = new byte[(int) count * item.dtype().bytes()];
        for (int i = 0; i < bytes.length; i++)
            bytes[i] = item.bytes().length == 0 ? 0 : item.bytes()[i % item.bytes().length];
        return new Item(item.name(), item.dtype(), shape, bytes);
    }

    private static Item retyped(Item item, Random random) {
        DType dtype = DType.values()[random.nextInt(DType.values().length)];
        int count = item.bytes().length / item.dtype().bytes();
        return new Item(item.name(), dtype, item.shape(), Arrays.copyOf(item.bytes(), count * dtype.bytes()));
    }

    private static Item noise(Item item, Random random) {
        byte[] bytes = item.bytes().clone();
        if (random.nextBoolean()) random.nextBytes(bytes);
        else if (bytes.length > 0) bytes[random.nextInt(bytes.length)] = (byte) 0x7F;
        return new Item(item.name(), item.dtype(), item.shape(), bytes);
    }

    private static Item number(String module, Random random) {
        short[] halves = {0, (short) 0x8000, 0x7C00, (short) 0xFC00, 0x7E00, 1, (short) 0xC000, 0x7BFF};
        short half = halves[random.nextInt(halves.length)];
        String role = random.nextBoolean() ? ".alpha" : ".scale";
        return new Item(module + role, DType.F16, new long[0], new byte[] {(byte) half, (byte) (half >> 8)});
    }

    private static void write(List<Item> items, Path file, Random random) throws IOException {
        LoraFormula lora = new LoraFormula();
        Stream<Item> unique = items.stream()
                .filter(item -> items.stream()
                                .filter(other -> other.name().equals(item.name()))
                                .findFirst()
                                .orElseThrow()
                        == item);
        unique.forEach(item -> lora.add(item.name(), item.dtype(), item.bytes(), item.shape()));
        List<Map<String, String>> metadata = List.of(
                Map.of(),
                Map.of("ss_base_model_version", "sdxl_base_v1-0"),
                Map.of("lora_adapter_metadata", "{\"unet.lora_alpha\": 1e300, \"unet.use_rslora\": 3}"),
                Map.of("lora_adapter_metadata", "{\"unet.alpha_pattern\": [[[[", "ss_v2", "\u0000"));
        lora.write(file, metadata.get(random.nextInt(12) == 0 ? random.nextInt(metadata.size()) : 0));
    }
}
