package giga.diffusion.weights;

import giga.diffusion.weights.Architecture.Activation;
import giga.diffusion.weights.Architecture.Autoencoder;
import giga.diffusion.weights.Architecture.Family;
import giga.diffusion.weights.Architecture.Heads;
import giga.diffusion.weights.Architecture.Prediction;
import giga.diffusion.weights.Architecture.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Whole checkpoints by {@link Formula}, as float16 safetensors. */
public enum FormulaCheckpoint {
    /** SD 1.x in small: 32 channels, text width 128, 20.7 million numbers, 42 MB. */
    TINY_SD1("tiny_sd1"),
    /** The real sizes of SD 1.5: 2.1 GB. */
    SD15("unet_sd1", "vae_kl", "text_sd1_clipL"),
    /** SD 2.x in small: 64 channels, text width 128; it predicts v. */
    TINY_SD2("tiny_sd2"),
    /** The real sizes of SD 2.1: 2.6 GB. */
    SD21("unet_sd2", "vae_kl", "text_sd2_openclipH"),
    /** SDXL in small: 64 channels, text widths 64 and 128. */
    TINY_SDXL("tiny_sdxl"),
    /** The real sizes of SDXL: 6.9 GB. */
    SDXL("unet_sdxl", "vae_kl", "text_sdxl_clipL", "text_sdxl_bigG"),
    /** AutoencoderTiny at its real size, in diffusers' names; not a whole model. */
    TAESD("taesd_diffusers");

    private static final int CHUNK = 1 << 22;
    private final List<String> keyLists;

    FormulaCheckpoint(String... keyLists) {
        this.keyLists = List.of(keyLists);
    }

    /** One line of a key list; {@code name} and {@code drawn}, the shape of the numbers, go into the formula. */
    record Key(String key, List<Long> shape, String name, List<Long> drawn) {
        Key(String key, List<Long> shape, String name) {
            this(key, shape, name, shape);
        }

        boolean positions() {
            return name.endsWith("position_ids");
        }

        long elements() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }

        long bytes() {
            return elements() * (positions() ? 8 : 2);
        }
    }

    /** Usage: OUT MODEL, with a model of this enum in lower case. */
    public static void main(String[] arguments) {
        valueOf(arguments[1].toUpperCase(Locale.ROOT)).write(Path.of(arguments[0]));
    }

    /** Writes the whole file, tensor by tensor, and returns its path. */
    public Path write(Path file) {
        return write(file, Map.of());
    }

    /** The same with {@code __metadata__} in its header. */
    public Path write(Path file, Map<String, String> metadata) {
        return write(file, keys(), metadata);
    }

    static Path write(Path file, List<Key> keys, Map<String, String> metadata) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] header = header(keys, metadata);
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (Key key : keys) {
                write(key, out);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An open checkpoint with {@link #TAESD}'s autoencoder alone, written to this file. */
    public static Checkpoint openTaesd(Path file) {
        OpenFiles files = new OpenFiles();
        TensorFile weights = files.open(TAESD.write(file));
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        weights.tensors().forEach((key, entry) -> {
            String name = DiffusersVaeNames.tiny(key).orElseThrow();
            tensors.put(name, Parts.rename(entry, name));
        });
        Architecture architecture = new Architecture(
                Family.SD1,
                Prediction.EPS,
                false,
                new Heads.Count(8),
                Autoencoder.TINY,
                4,
                1,
                List.of(new TextEncoder(TextEncoder.Layout.CLIP, Parts.TEXT, 12, Activation.QUICK_GELU)),
                0.00085,
                0.012);
        return new Checkpoint(file, architecture, PredictionSource.FAMILY, tensors, Optional.empty(), files);
    }

    List<Key> keys() {
        return keyLists.stream().flatMap(FormulaCheckpoint::readKeys).toList();
    }

    private static Stream<Key> readKeys(String list) {
        try (InputStream in = FormulaCheckpoint.class.getResourceAsStream("keys/" + list + ".tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(column -> {
                        List<Long> shape = Arrays.stream(column[1].split("x"))
                                .map(Long::valueOf)
                                .toList();
                        return new Key(column[0], shape, column.length > 2 ? column[2] : column[0]);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] header(List<Key> keys, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put("__metadata__", metadata);
        }
        long at = 0;
        for (Key key : keys) {
            header.put(
                    key.key(),
                    Map.of(
                            "dtype",
                            key.positions() ? "I64" : "F16",
                            "shape",
                            key.shape(),
                            "data_offsets",
                            List.of(at, at + key.bytes())));
            at += key.bytes();
        }
        String json = new JsonMapper().writeValueAsString(header);
        int padding = Math.floorMod(-json.getBytes(StandardCharsets.UTF_8).length, 8);
        return (json + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    static void write(Key key, OutputStream out) throws IOException {
        Formula formula = Formula.of(key.name(), key.drawn());
        int width = key.positions() ? 8 : 2;
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, key.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < key.elements(); i++) {
            if (key.positions()) {
                chunk.putLong(i);
            } else {
                chunk.putShort(Float.floatToFloat16(formula.at(i)));
            }
            if (chunk.remaining() < width) {
                out.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
        out.write(chunk.array(), 0, chunk.position());
    }
}
