package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.weights.DType;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import giga.diffusion.weights.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A LoRA, memory-mapped: small changes of a network's weights. Read are the formats of kohya's trainer (LoRA and LoCon),
 * of LyCORIS (LoHa, LoKr, IA3, DoRA, whole differences and norms) and of diffusers and PEFT.
 *
 * <p>Safe for use by several threads, until {@link #close}.
 */
public final class LoraFile implements AutoCloseable {
    private static final Set<DType> NUMBERS =
            Set.of(DType.F16, DType.BF16, DType.F32, DType.F64, DType.F8_E4M3, DType.F8_E5M2);
    private static final String BUNDLED_EMBEDDING = "bundle_emb.";

    private final TensorFile file;
    private final List<LoraModule> modules;
    private final List<String> unknown;
    private final boolean bundlesEmbeddings;
    private final Base base;

    private LoraFile(TensorFile file) {
        this.file = file;
        Map<String, LoraParts> parts = new LinkedHashMap<>();
        unknown = new ArrayList<>();
        boolean embeddings = false;
        for (TensorEntry entry : file.tensors().values()) {
            if (entry.name().startsWith(BUNDLED_EMBEDDING)) {
                embeddings = true;
                continue;
            }
            Optional<LoraKey> key = LoraKey.of(entry.name());
            if (key.isEmpty()) unknown.add(entry.name());
            else
                parts.computeIfAbsent(
                                key.get().module(), _ -> new LoraParts(key.get().path()))
                        .add(key.get().role(), entry);
        }
        bundlesEmbeddings = embeddings;
        PeftConfig peft = PeftConfig.of(file.path(), file.metadata());
        modules = new ArrayList<>();
        parts.forEach((name, tensors) ->
                tensors.module(name, peft).ifPresentOrElse(modules::add, () -> unknown.addAll(tensors.names())));
        if (modules.isEmpty()) throw noLora();
        modules.forEach(LoraFile::requireNumbers);
        base = Base.of(file.metadata(), modules);
    }

    /**
     * @param path of a {@code .safetensors} file
     * @throws ModelException where it cannot be read, is damaged or is no LoRA
     */
    public static LoraFile open(Path path) {
        TensorFile file = TensorFile.open(path);
        try {
            return new LoraFile(file);
        } catch (ModelException e) {
            file.close();
            throw new ModelException(path + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    public Path path() {
        return file.path();
    }

    /** What people call it: the file's name without its suffix. */
    public String name() {
        return path().getFileName().toString().replaceFirst("\\.[^.]{1,12}$", "");
    }

    /** What its maker wrote into it. */
    public Map<String, String> metadata() {
        return file.metadata();
    }

    /** The models it is for. */
    public Base base() {
        return base;
    }

    /** Names of tensors that belong to no format of LoRA that is read here. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** Whether textual inversions lie in the file too; they are not read. */
    public boolean bundlesEmbeddings() {
        return bundlesEmbeddings;
    }

    List<LoraModule> modules() {
        return modules;
    }

    @Override
    public void close() {
        file.close();
    }

    private static void requireNumbers(LoraModule module) {
        module.tensors().forEach(entry -> {
            if (!NUMBERS.contains(entry.dtype()))
                throw new ModelException("tensor %s holds %s where weights belong (F32, F16, BF16, F64 or F8)."
                        .formatted(Names.show(entry.name()), entry.dtype()));
        });
    }

    private ModelException noLora() {
        String first = unknown.isEmpty() ? "" : ", its first tensor is " + Names.show(unknown.getFirst());
        return new ModelException(
                "it is no LoRA of a kind that is read here (LoRA, LoCon, LoHa, LoKr, IA3, DoRA, differences)%s."
                        .formatted(first));
    }
}
