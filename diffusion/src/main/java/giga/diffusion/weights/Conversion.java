package giga.diffusion.weights;

import giga.diffusion.ModelException;
import giga.diffusion.text.TokenizerFiles;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a model anew, as a single file in the layout of latent-diffusion or as a diffusers folder. What the networks do
 * not read (averages, schedules, position ids) is left out; all else keeps its bytes unless its precision changes.
 */
public final class Conversion {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String SUFFIX = ".safetensors";

    private final Checkpoint model;
    private final UnaryOperator<DType> formats;

    /**
     * @param precision of all weights, F32, F16 or BF16; empty leaves them as they are
     */
    public Conversion(Checkpoint model, Optional<DType> precision) {
        this.model = model;
        formats = stored -> precision.filter(to -> Casting.isFloating(stored)).orElse(stored);
    }

    /** How many bytes of weights there are to be written. */
    public long bytes() {
        return model.names().stream()
                .map(model::get)
                .mapToLong(
                        entry -> entry.elements() * formats.apply(entry.dtype()).bytes())
                .sum();
    }

    /**
     * @param out a file where it ends in {@code .safetensors}, else a folder; appears when it is whole
     * @param replace whether what is there already is replaced
     * @param written is told how many bytes went out since it was told last
     * @throws ModelException where that cannot be, and then nothing is left behind
     */
    public void write(Path out, boolean replace, LongConsumer written) {
        boolean file = out.getFileName() != null && out.toString().endsWith(SUFFIX);
        try {
            requireFree(out, file, replace);
            if (file) {
                SafetensorsWriter.write(
                        out, SingleFileTensors.of(model), formats, SingleFileTensors.metadata(model), written);
            } else {
                writeFolder(out, written);
            }
        } catch (IOException e) {
            throw new ModelException("%s: it cannot be written (%s).".formatted(out, e), e);
        }
    }

    private void requireFree(Path out, boolean file, boolean replace) throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new ModelException("%s: there is no folder %s to write it to.".formatted(out, parent));
        }
        if (Files.exists(out)) {
            boolean itself = Files.isSameFile(out, model.path())
                    || model.vae().isPresent()
                            && Files.isSameFile(out, model.vae().get());
            if (itself) {
                throw new ModelException(
                        "%s: a model cannot be converted onto itself; give another name.".formatted(out));
            }
            if (!replace) {
                throw new ModelException("%s: it is there already; --force replaces it.".formatted(out));
            }
            if (file == Files.isDirectory(out)
                    || !file && !Files.exists(out.resolve("model_index.json")) && !isEmpty(out)) {
                throw new ModelException(
                        "%s: it is no model that could be replaced; give another name.".formatted(out));
            }
        }
        long free = Files.getFileStore(parent).getUsableSpace();
        if (free < bytes()) {
            throw new ModelException(
                    "%s: it would have %,d bytes and only %,d are free; make room or write it elsewhere."
                            .formatted(out, bytes(), free));
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private void writeFolder(Path out, LongConsumer written) throws IOException {
        Path partial = out.resolveSibling(out.getFileName() + ".partial");
        delete(partial);
        try {
            writeParts(partial, written);
            Path old = out.resolveSibling(out.getFileName() + ".old");
            if (Files.exists(out)) {
                delete(old);
                Files.move(out, old, StandardCopyOption.ATOMIC_MOVE);
            }
            try {
                Files.move(partial, out, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (Files.exists(old)) {
                    Files.move(old, out, StandardCopyOption.ATOMIC_MOVE);
                }
                throw e;
            }
            delete(old);
        } finally {
            delete(partial);
        }
    }

    private void writeParts(Path folder, LongConsumer written) throws IOException {
        FolderConfigs configs = new FolderConfigs(model);
        List<TextEncoder> encoders = model.architecture().textEncoders();
        List<FolderPart> texts = FolderPart.texts(model.architecture().family());
        try (OpenFiles memory = new OpenFiles()) {
            FolderTensors tensors = new FolderTensors(model, memory);
            json(folder.resolve("model_index.json"), configs.index());
            json(folder.resolve("scheduler/scheduler_config.json"), configs.scheduler());
            json(FolderPart.UNET.config(folder), UNetConfig.of(model, tensors.layers()));
            json(FolderPart.VAE.config(folder), configs.autoencoder());
            for (int i = 0; i < texts.size(); i++) {
                json(texts.get(i).config(folder), configs.text(encoders.get(i)));
                writeTokenizer(folder, texts.get(i), encoders.get(i));
            }
            for (Map.Entry<FolderPart, List<TensorEntry>> part : tensors.parts().entrySet()) {
                Path file = part.getKey().in(folder).resolve(part.getKey().stem() + SUFFIX);
                SafetensorsWriter.write(file, part.getValue(), formats, Map.of("format", "pt"), written);
            }
        }
    }

    private void writeTokenizer(Path folder, FolderPart text, TextEncoder encoder) throws IOException {
        Path tokenizer = folder.resolve(text.folder().replace("text_encoder", "tokenizer"));
        boolean first = encoder.equals(model.architecture().textEncoders().getFirst());
        if (!first || model.tokenizerFolder().isEmpty()) {
            TokenizerFiles.write(tokenizer, encoder.layout() == TextEncoder.Layout.OPEN_CLIP);
            return;
        }
        Files.createDirectories(tokenizer);
        for (String name : List.of("vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json")) {
            Path own = model.tokenizerFolder().get().resolve(name);
            if (Files.isRegularFile(own)) {
                Files.copy(own, tokenizer.resolve(name));
            }
        }
    }

    private static void json(Path file, Map<String, Object> content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(content) + "\n");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
