package giga.diffusion.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** OpenCLIP's encoders as Hugging Face stores them: the opposite way of the code under test. */
final class HuggingFaceText {
    private static final String[] PARTS = {"q_proj", "k_proj", "v_proj"};

    private HuggingFaceText() {}

    /**
     * @param prefix of the tensor's name
     * @param inside prefix of the encoder's names that come out
     * @param outside prefix of the projection's name that comes out
     */
    static List<TensorEntry> stored(TensorEntry entry, String prefix, String inside, String outside) {
        String name = entry.name().substring(prefix.length());
        if (name.equals("text_projection")) {
            return List.of(transposed(entry, outside + "text_projection.weight"));
        }
        if (name.contains(".attn.in_proj_")) {
            return thirds(entry, inside + name.replace("transformer.resblocks.", "encoder.layers."));
        }
        return List.of(Parts.rename(
                entry,
                inside
                        + name.replace("transformer.resblocks.", "encoder.layers.")
                                .replace(".ln_", ".layer_norm")
                                .replace("mlp.c_fc", "mlp.fc1")
                                .replace("mlp.c_proj", "mlp.fc2")
                                .replace(".attn.", ".self_attn.")
                                .replace("ln_final", "final_layer_norm")
                                .replace("token_embedding", "embeddings.token_embedding")
                                .replace("positional_embedding", "embeddings.position_embedding.weight")));
    }

    private static List<TensorEntry> thirds(TensorEntry entry, String name) {
        List<Long> shape = new ArrayList<>(entry.shape());
        shape.set(0, shape.getFirst() / 3);
        long bytes = entry.data().byteSize() / 3;
        List<TensorEntry> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            parts.add(new TensorEntry(
                    name.replace("attn.in_proj_", "self_attn." + PARTS[i] + "."),
                    entry.dtype(),
                    shape,
                    entry.data().asSlice(i * bytes, bytes)));
        return parts;
    }

    private static TensorEntry transposed(TensorEntry entry, String name) {
        int rows = Math.toIntExact(entry.shape().get(0));
        int columns = Math.toIntExact(entry.shape().get(1));
        byte[] from = entry.data().toArray(ValueLayout.JAVA_BYTE);
        byte[] to = new byte[from.length];
        int width = from.length / rows / columns;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                System.arraycopy(from, (row * columns + column) * width, to, (column * rows + row) * width, width);
        MemorySegment data = Arena.ofAuto().allocate(to.length);
        data.copyFrom(MemorySegment.ofArray(to));
        return new TensorEntry(name, entry.dtype(), entry.shape().reversed(), data);
    }
}
