package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds a part's tensors against the shapes that its network needs, so that a network built on them cannot fail on a
 * shape later, deep in native code.
 */
final class Blueprint {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,3})\\.");
    /** Where every tensor counts; elsewhere, leftovers of training are harmless. */
    private static final Pattern LAYER = Pattern.compile(
            "(input_blocks|middle_block|output_blocks|label_emb|encoder|decoder|transformer|\\d+)\\..*");

    private static final long LARGEST_SIDE = 1 << 20;
    private static final Set<DType> WEIGHTS =
            Set.of(DType.F16, DType.BF16, DType.F32, DType.F64, DType.F8_E4M3, DType.F8_E5M2);

    private final Path path;
    private final String part;
    private final String prefix;
    private final Map<String, TensorEntry> tensors;
    private final List<String> names;
    private final Set<String> needed = new HashSet<>();
    private final List<String> missing = new ArrayList<>();
    private Optional<String> contradiction = Optional.empty();

    /** @param part what people call it; its tensors' names begin with {@code prefix} */
    Blueprint(Path path, String part, String prefix, Map<String, TensorEntry> tensors) {
        this.path = path;
        this.part = part;
        this.prefix = prefix;
        this.tensors = tensors;
        this.names = tensors.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    /**
     * Holds every part of a model against its networks.
     *
     * @throws ModelException where a tensor is missing or does not fit
     */
    static void checkAll(Checkpoint checkpoint, Map<String, TensorEntry> tensors) {
        Path path = checkpoint.path();
        Architecture architecture = checkpoint.architecture();
        long textWidth = 0;
        for (Architecture.TextEncoder encoder : architecture.textEncoders())
            textWidth += TextBlueprint.check(new Blueprint(path, "text encoder", encoder.prefix(), tensors), encoder);
        UNetBlueprint.check(new Blueprint(path, "UNet", Parts.UNET, tensors), architecture, textWidth);
        AutoencoderBlueprints.check(checkpoint.vae().orElse(path), tensors, architecture);
    }

    boolean has(String name) {
        return tensors.containsKey(prefix + name);
    }

    /** The names of this part, without its prefix. */
    List<String> names() {
        return names;
    }

    /**
     * One more than the highest number behind this text, so that a gap shows as missing tensors.
     *
     * @param most more than any real model has; keeps a hostile file from costing time
     */
    int count(String before, int most) {
        int count = 1
                + names.stream()
                        .filter(name -> name.startsWith(before))
                        .map(name -> NUMBER.matcher(name.substring(before.length())))
                        .filter(Matcher::lookingAt)
                        .mapToInt(number -> Integer.parseInt(number.group(1)))
                        .max()
                        .orElse(-1);
        if (count > most) {
            contradict("it has %d layers %s, more than the %d that are supported"
                    .formatted(count, Names.show(prefix + before), most));
        }
        return Math.min(count, most);
    }

    /** One side of a tensor's shape; 0 where the tensor is missing or has no such side. */
    long side(String name, int axis) {
        TensorEntry entry = tensors.get(prefix + name);
        return entry == null || entry.shape().size() <= axis ? 0 : entry.shape().get(axis);
    }

    void need(String name, long... shape) {
        needed.add(name);
        TensorEntry entry = tensors.get(prefix + name);
        if (entry == null) {
            missing.add(prefix + name);
            return;
        }
        List<Long> wanted = Arrays.stream(shape).boxed().toList();
        if (!entry.shape().equals(wanted) || wanted.stream().anyMatch(side -> side < 1 || side > LARGEST_SIDE)) {
            contradict("tensor %s has the shape %s where %s is needed"
                    .formatted(Names.show(prefix + name), Names.shape(entry.shape()), Names.shape(wanted)));
        }
        if (!WEIGHTS.contains(entry.dtype())) {
            contradict("tensor %s holds %s where weights belong".formatted(Names.show(prefix + name), entry.dtype()));
        }
    }

    /** A layer's weight and its bias. */
    void layer(String name, long... shape) {
        need(name + ".weight", shape);
        need(name + ".bias", shape[0]);
    }

    void groupNorm(String name, long channels) {
        layer(name, channels);
        if (channels % 32 != 0) {
            contradict("%s has %d channels, which do not divide into 32 groups"
                    .formatted(Names.show(prefix + name), channels));
        }
    }

    /** A matrix, or the same as a 1x1 convolution. */
    void matrixOrConvolution(String name, long out, long in) {
        boolean convolution = side(name + ".weight", 2) != 0;
        layer(name, convolution ? new long[] {out, in, 1, 1} : new long[] {out, in});
    }

    /** Only the first one is told: the others mostly follow from it. */
    void contradict(String what) {
        if (contradiction.isEmpty()) {
            contradiction = Optional.of(what);
        }
    }

    /** @throws ModelException where a tensor is missing or does not fit */
    void check() {
        if (names.isEmpty()) {
            throw new ModelException("%s: it has no %s (no tensor begins with %s); use the whole checkpoint."
                    .formatted(path, part, prefix));
        }
        if (!missing.isEmpty()) {
            String first = missing.stream().limit(3).map(Names::show).collect(Collectors.joining(", "));
            throw new ModelException(
                    "%s: %d of the %d tensors of its %s are missing (%s%s); download the whole model again."
                            .formatted(
                                    path, missing.size(), needed.size(), part, first, missing.size() > 3 ? ", …" : ""));
        }
        names.stream()
                .filter(name -> !needed.contains(name) && LAYER.matcher(name).matches())
                .findFirst()
                .ifPresent(name ->
                        contradict("tensor %s belongs to no layer that is known".formatted(Names.show(prefix + name))));
        contradiction.ifPresent(what -> {
            throw new ModelException(
                    "%s: its %s is not one of Stable Diffusion's, or is damaged: %s.".formatted(path, part, what));
        });
    }
}
