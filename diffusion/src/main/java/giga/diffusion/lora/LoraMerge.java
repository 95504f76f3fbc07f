package giga.diffusion.lora;

import giga.diffusion.ModelException;
import giga.diffusion.lora.LoraReport.Merged;
import giga.diffusion.tensor.MappedTensor;
import giga.diffusion.tensor.Scope;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.WeightStore;
import giga.diffusion.weights.Checkpoint;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What several LoRAs together change in a checkpoint: W' = W + Σ multiplier · scale · Δ, in f32. Kinds whose change
 * depends on the weight (DoRA, IA3) see what those before them left, as in A1111.
 *
 * <p>All files are open, read and held against the checkpoint when this is made, so that nothing stops it half-way.
 */
public final class LoraMerge implements WeightStore.Edit, AutoCloseable {
    private final List<LoraFile> files = new ArrayList<>();
    private final Map<String, List<Change>> changes = new LinkedHashMap<>();
    private final List<Merged> merged = new ArrayList<>();

    /** One module's doing to a weight, or to its bias. */
    private record Change(Target target, LoraModule module, double multiplier, OptionalInt dim, boolean ofBias) {
        void apply(Tensor whole) {
            Tensor part = ofBias ? target.inBias(whole) : target.in(whole, module);
            Tensor values = part.contiguous();
            if (ofBias) module.changeBias(values, multiplier);
            else module.changeWeight(values, multiplier, dim);
            if (values != part) part.copyFrom(values);
        }
    }

    /** @throws ModelException where a file cannot be read, holds no finite numbers, or is for other models */
    public LoraMerge(Checkpoint checkpoint, List<LoraUse> uses) {
        this(new ModuleNames(checkpoint), uses);
    }

    LoraMerge(ModuleNames names, List<LoraUse> uses) {
        try {
            for (LoraUse use : uses) {
                LoraFile file = LoraFile.open(use.file());
                files.add(file);
                add(file, use, names);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public Set<String> weights() {
        return changes.keySet();
    }

    @Override
    public void apply(String name, Tensor weight) {
        changes.get(name)
                .forEach(change -> Scope.read(() -> {
                    change.apply(weight);
                    return weight;
                }));
    }

    public LoraReport report() {
        return new LoraReport(merged);
    }

    @Override
    public void close() {
        files.forEach(LoraFile::close);
    }

    private void add(LoraFile file, LoraUse use, ModuleNames names) {
        List<String> left = new ArrayList<>();
        int layers = 0;
        for (LoraModule module : file.modules()) {
            Optional<Target> target = names.find(module.name()).filter(found -> found.fits(module));
            if (target.isEmpty()) {
                left.add(Names.show(module.name()));
                continue;
            }
            double multiplier = use.weight(module);
            if (multiplier == 0) continue;
            requireFinite(file, module);
            layers++;
            if (module.delta().isPresent())
                change(target.get().weight(), new Change(target.get(), module, multiplier, use.dim(), false));
            if (module.bias().isPresent())
                change(
                        target.get().bias().orElseThrow(),
                        new Change(target.get(), module, multiplier, use.dim(), true));
        }
        refuseForOtherModels(file, left, names.checkpoint());
        file.unknown().forEach(tensor -> left.add(Names.show(tensor)));
        merged.add(new Merged(file.name(), layers, left, file.bundlesEmbeddings()));
    }

    private void change(String weight, Change change) {
        changes.computeIfAbsent(weight, _ -> new ArrayList<>()).add(change);
    }

    /** Some layers of a LoRA fit where it does not belong, since families of models share sizes. */
    private static void refuseForOtherModels(LoraFile file, List<String> left, Checkpoint checkpoint) {
        int all = file.modules().size();
        Base model = Base.of(checkpoint.architecture().family());
        boolean other = file.base() != Base.UNKNOWN && file.base() != model;
        if (left.isEmpty() || !other && left.size() <= all / 2) return;
        throw new ModelException("%s: the LoRA is for %s, the model %s is %s: %d of %d layers do not fit, such as %s;"
                        .formatted(
                                file.path(),
                                file.base().title(),
                                checkpoint.name(),
                                model.title(),
                                left.size(),
                                all,
                                left.getFirst())
                + " use it with a model of its own family.");
    }

    private static void requireFinite(LoraFile file, LoraModule module) {
        for (TensorEntry entry : module.tensors().toList()) {
            if (!Scope.read(() -> MappedTensor.inF32(entry).isFinite()))
                throw new ModelException(
                        ("%s: tensor %s has values that are not finite (NaN or infinite); the file is damaged or from a"
                                        + " failed training, get it anew.")
                                .formatted(file.path(), Names.show(entry.name())));
        }
    }
}
