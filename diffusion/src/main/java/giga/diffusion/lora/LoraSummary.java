package giga.diffusion.lora;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a LoRA file is and holds.
 *
 * @param name what people call it
 * @param base the models it is for
 * @param kinds how many layers of each kind: LoRA, LoCon, LoHa, …
 * @param ranks that occur
 * @param alphas that occur, as they act: scale times rank
 * @param unetLayers layers of the UNet
 * @param textLayers layers of the text encoders
 * @param bytes of all tensors, as stored
 * @param unknown tensors that are of no format read here
 * @param bundlesEmbeddings whether textual inversions lie in it too, which are not read
 * @param training what the trainer wrote about itself, the most telling first
 * @param tags that captions of the training pictures most often held, with their counts, the most frequent first
 */
public record LoraSummary(
        String name,
        Base base,
        Map<String, Long> kinds,
        SortedSet<Long> ranks,
        SortedSet<Double> alphas,
        long unetLayers,
        long textLayers,
        long bytes,
        int unknown,
        boolean bundlesEmbeddings,
        Map<String, String> training,
        Map<String, Long> tags) {
    private static final List<String> TELLING = List.of(
            "modelspec.title",
            "modelspec.author",
            "modelspec.date",
            "modelspec.trigger_phrase",
            "modelspec.usage_hint",
            "ss_output_name",
            "ss_sd_model_name",
            "ss_base_model_version",
            "ss_network_module",
            "ss_network_dim",
            "ss_network_alpha",
            "ss_resolution",
            "ss_clip_skip",
            "ss_num_train_images",
            "ss_num_epochs",
            "ss_epoch",
            "ss_steps",
            "ss_learning_rate",
            "ss_unet_lr",
            "ss_text_encoder_lr",
            "ss_optimizer",
            "ss_training_comment");

    /** @throws ModelException where it cannot be read, is damaged or is no LoRA */
    public static LoraSummary of(Path path) {
        try (LoraFile lora = LoraFile.open(path)) {
            List<LoraModule> modules = lora.modules();
            long text = modules.stream().filter(LoraModule::isOfText).count();
            return new LoraSummary(
                    lora.name(),
                    lora.base(),
                    new TreeMap<>(
                            modules.stream().collect(Collectors.groupingBy(LoraModule::kind, Collectors.counting()))),
                    ranked(modules).map(LoraSummary::rank).collect(Collectors.toCollection(TreeSet::new)),
                    ranked(modules)
                            .map(module -> module.scale() * rank(module))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    modules.size() - text,
                    text,
                    modules.stream()
                            .flatMap(LoraModule::tensors)
                            .mapToLong(entry -> entry.data().byteSize())
                            .sum(),
                    lora.unknown().size(),
                    lora.bundlesEmbeddings(),
                    training(lora.metadata()),
                    TagFrequency.of(lora.metadata()));
        }
    }

    private static Stream<LoraModule> ranked(List<LoraModule> modules) {
        return modules.stream()
                .filter(module -> module.delta().isPresent()
                        && module.delta().get().rank().isPresent());
    }

    private static long rank(LoraModule module) {
        return module.delta().orElseThrow().rank().orElseThrow();
    }

    private static Map<String, String> training(Map<String, String> metadata) {
        return TELLING.stream()
                .filter(metadata::containsKey)
                .filter(key ->
                        !metadata.get(key).isBlank() && !metadata.get(key).equals("None"))
                .collect(Collectors.toMap(Function.identity(), metadata::get, (a, b) -> a, LinkedHashMap::new));
    }
}
