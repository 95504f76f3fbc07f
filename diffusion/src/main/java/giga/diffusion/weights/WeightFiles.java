package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the weights of one part of a diffusers folder: one file, its half-precision edition, or numbered shards. */
final class WeightFiles {
    private WeightFiles() {}

    /** @throws ModelException where the folder has no weights */
    static List<Path> find(Path folder, String stem) {
        for (String name : List.of(
                stem + ".safetensors",
                stem + ".fp16.safetensors",
                stem + ".bin",
                stem + ".fp16.bin",
                "pytorch_model.bin",
                "pytorch_model.fp16.bin")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return List.of(folder.resolve(name));
            }
        }
        for (String name : List.of(
                stem + ".safetensors.index.json",
                stem + ".fp16.safetensors.index.json",
                stem + ".safetensors.index.fp16.json",
                stem + ".bin.index.json",
                stem + ".fp16.bin.index.json",
                "pytorch_model.bin.index.json")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return shards(folder, Config.read(folder.resolve(name)));
            }
        }
        throw new ModelException(
                "%s: there is no %s.safetensors; download the whole model again.".formatted(folder, stem));
    }

    /** The tensors of all files of a part. */
    static Map<String, TensorEntry> open(Path folder, String stem, OpenFiles files) {
        Map<String, TensorEntry> all = new LinkedHashMap<>();
        for (Path shard : find(folder, stem)) {
            files.open(shard).tensors().forEach((name, entry) -> {
                if (all.put(name, entry) != null) {
                    throw new ModelException("%s: the tensor %s is also in another file of this folder."
                            .formatted(shard, Names.show(name)));
                }
            });
        }
        return all;
    }

    private static List<Path> shards(Path folder, Config index) {
        List<Path> shards = index.texts("weight_map")
                .distinct()
                .map(name -> shard(folder, index, name))
                .toList();
        if (shards.isEmpty()) {
            throw new ModelException(
                    "%s: its weight_map names no file; download the model again.".formatted(index.path()));
        }
        return shards;
    }

    private static Path shard(Path folder, Config index, String name) {
        if (!name.matches("[A-Za-z0-9._-]{1,200}\\.(safetensors|bin)")) {
            throw new ModelException("%s: it names the file %s, which is no file of weights in this folder."
                    .formatted(index.path(), Names.show(name)));
        }
        return folder.resolve(name);
    }
}
