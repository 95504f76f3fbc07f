package giga.diffusion.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import giga.diffusion.ModelException;
import giga.diffusion.network.UNet;
import giga.diffusion.tensor.NativeHandles;
import giga.diffusion.tensor.Placement;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.FormulaCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptedNetworksTest {
    private static final String TO_Q = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q";

    @TempDir
    static Path folder;

    private static Checkpoint tiny;
    private static LoraUse all;

    @BeforeAll
    static void make() {
        tiny = Checkpoint.open(FormulaCheckpoint.TINY_SD1.write(folder.resolve("tiny.safetensors")));
        all = new LoraUse(KohyaLora.write(tiny, 4, folder.resolve("all.safetensors")), 0.5);
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @ParameterizedTest
    @EnumSource
    void comesAndGoesWithoutATrace(Precision precision) {
        try (AdaptedNetworks<UNet> networks = networks(precision)) {
            float[] without = output(networks);
            networks.use(List.of(all));
            float[] with = output(networks);
            assertThat(with).isNotEqualTo(without);
            networks.use(List.of(new LoraUse(all.file(), -2)));
            assertThat(output(networks)).isNotEqualTo(with);
            networks.use(List.of(all));
            assertThat(output(networks)).isEqualTo(with);
            assertThat(networks.use(List.of())).isEqualTo(LoraReport.NONE);
            assertThat(output(networks)).isEqualTo(without);
        }
    }

    @Test
    void theSameListCostsNothing() {
        try (AdaptedNetworks<UNet> networks = networks(Precision.F32)) {
            LoraReport report = networks.use(List.of(all));
            UNet made = networks.value();
            assertThat(networks.use(List.of(new LoraUse(all.file(), 0.5)))).isSameAs(report);
            assertThat(networks.value()).isSameAs(made);
        }
    }

    @Test
    void aWeightOfZeroLeavesTheNetworkAlone() {
        LoraUse textOnly = new LoraUse(all.file(), 1, 0, OptionalInt.empty());
        try (AdaptedNetworks<UNet> networks = networks(Precision.F32)) {
            float[] without = output(networks);
            LoraReport report = networks.use(List.of(textOnly));
            assertThat(output(networks)).isEqualTo(without);
            assertThat(report.loras().getFirst().layers()).isEqualTo(2 * 6);
            assertThat(report.complete()).isTrue();
        }
    }

    @Test
    void severalAddUp() {
        LoraUse half = new LoraUse(all.file(), 0.25);
        try (AdaptedNetworks<UNet> networks = networks(Precision.F32)) {
            networks.use(List.of(all));
            float[] once = output(networks);
            networks.use(List.of(half, half));
            float[] twice = output(networks);
            for (int i = 0; i < once.length; i++) assertThat(twice[i]).isCloseTo(once[i], within(1e-4f));
        }
    }

    /** More ranks than there are act as all of them. */
    @Test
    void someOfTheRanksAct() {
        try (AdaptedNetworks<UNet> networks = networks(Precision.F32)) {
            networks.use(List.of(new LoraUse(all.file(), 0.5, 0.5, OptionalInt.of(2))));
            float[] two = output(networks);
            networks.use(List.of(new LoraUse(all.file(), 0.5, 0.5, OptionalInt.of(99))));
            float[] many = output(networks);
            networks.use(List.of(all));
            assertThat(output(networks)).isEqualTo(many).isNotEqualTo(two);
        }
    }

    @Test
    void whatIsRefusedChangesNothing() {
        Path damaged = new LoraFormula()
                .random(TO_Q + ".lora_down.weight", 4, 128)
                .add(TO_Q + ".lora_up.weight", notANumber(128 * 4), 128, 4)
                .write(folder.resolve("damaged.safetensors"));
        try (AdaptedNetworks<UNet> networks = networks(Precision.F32)) {
            networks.use(List.of(all));
            UNet made = networks.value();
            assertThatThrownBy(() -> networks.use(List.of(all, new LoraUse(damaged, 1))))
                    .isExactlyInstanceOf(ModelException.class)
                    .hasMessageContainingAll(
                            "damaged.safetensors", TO_Q + ".lora_up.weight", "not finite", "get it anew");
            assertThat(networks.value()).isSameAs(made);
        }
    }

    /** Only when it is calculated does it show; then there is no LoRA rather than half of one. */
    @Test
    void whatBecomesInfiniteIsTakenBack() {
        Path large = new LoraFormula()
                .random(TO_Q + ".lora_down.weight", 4, 128)
                .add(TO_Q + ".lora_up.weight", filled(128 * 4, 60_000), 128, 4)
                .write(folder.resolve("large.safetensors"));
        try (AdaptedNetworks<UNet> networks = networks(Precision.FP16)) {
            float[] without = output(networks);
            LoraUse endless = new LoraUse(large, 1000);
            assertThatThrownBy(() -> networks.use(List.of(all, endless)))
                    .isExactlyInstanceOf(ModelException.class)
                    .hasMessageContainingAll(
                            "tiny: weight model.diffusion_model.middle_block.1.", "no longer finite", "smaller");
            assertThat(output(networks)).isEqualTo(without);
            assertThatThrownBy(() -> networks.use(List.of(all, endless))).isInstanceOf(ModelException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1001, -1e39, Double.NaN, Double.NEGATIVE_INFINITY})
    void weightsAreNumbersOfASensibleSize(double weight) {
        assertThatThrownBy(() -> new LoraUse(all.file(), weight))
                .isExactlyInstanceOf(ModelException.class)
                .hasMessageContainingAll("all.safetensors", "from -1000 to 1000");
        assertThatThrownBy(() -> new LoraUse(all.file(), 1, weight, OptionalInt.empty()))
                .isExactlyInstanceOf(ModelException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twentyTimesOnAndOffLeaveNothingBehind() throws IOException {
        try (AdaptedNetworks<UNet> networks = networks(Precision.BF16)) {
            onAndOff(networks, 3);
            long handles = NativeHandles.count();
            long resident = residentMebibytes();
            onAndOff(networks, 20);
            assertThat(NativeHandles.count()).isLessThanOrEqualTo(handles);
            // The UNet alone has 40 MiB: to lose it at every turn would be 800.
            assertThat(residentMebibytes() - resident).isLessThan(40);
        }
    }

    private static void onAndOff(AdaptedNetworks<UNet> networks, int times) {
        for (int i = 0; i < times; i++) {
            networks.use(List.of(all));
            networks.use(List.of());
        }
    }

    private static AdaptedNetworks<UNet> networks(Precision precision) {
        return new AdaptedNetworks<>(
                tiny,
                Placement.onProcessor(precision),
                weights -> new UNet(
                        weights.below("model.diffusion_model."),
                        tiny.architecture().heads()));
    }

    private static float[] output(AdaptedNetworks<UNet> networks) {
        float[] latent = new float[4 * 8 * 8];
        for (int i = 0; i < latent.length; i++) latent[i] = (float) Math.sin(i);
        float[] text = new float[2 * 128];
        for (int i = 0; i < text.length; i++) text[i] = (float) Math.cos(i);
        return Scope.read(() -> networks.value()
                .forward(Tensor.of(latent, 1, 4, 8, 8), new float[] {500}, Tensor.of(text, 1, 2, 128), Optional.empty())
                .toFloats());
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] notANumber(int count) {
        float[] values = new float[count];
        values[count / 2] = Float.NaN;
        return values;
    }

    private static long residentMebibytes() throws IOException {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
        return Long.parseLong(pages[1]) * 4096 >> 20;
    }
}
