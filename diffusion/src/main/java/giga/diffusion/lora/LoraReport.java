package giga.diffusion.lora;

import java.util.List;

/** What became of the LoRAs that were asked for, in their order. */
public record LoraReport(List<Merged> loras) {
    public static final LoraReport NONE = new LoraReport(List.of());

    public LoraReport {
        loras = List.copyOf(loras);
    }

    /**
     * @param name of the LoRA
     * @param layers that it changed; none where its weights are 0
     * @param left names of layers and tensors that found no place in the model
     * @param bundlesEmbeddings whether textual inversions in its file were left too
     */
    public record Merged(String name, int layers, List<String> left, boolean bundlesEmbeddings) {
        private static final int SHOWN = 3;

        public Merged {
            left = List.copyOf(left);
        }

        /** One sentence for the log. */
        @Override
        public String toString() {
            String sentence = "LoRA %s: %d layers".formatted(name, layers);
            if (!left.isEmpty())
                sentence += ", %d without a place in this model (%s%s)"
                        .formatted(
                                left.size(),
                                String.join(", ", left.subList(0, Math.min(SHOWN, left.size()))),
                                left.size() > SHOWN ? ", …" : "");
            return bundlesEmbeddings ? sentence + "; the embeddings in its file are not read" : sentence;
        }
    }

    /** Whether every layer of every LoRA found its place. */
    public boolean complete() {
        return loras.stream().allMatch(lora -> lora.left().isEmpty());
    }
}
