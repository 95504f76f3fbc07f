package giga.diffusion.lora;

import giga.diffusion.weights.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** A LoRA by formula for a given checkpoint, with the modules that kohya's trainer has by default. */
public final class KohyaLora {
    private KohyaLora() {}

    /** Usage: MODEL OUT RANK. */
    public static void main(String[] arguments) {
        try (Checkpoint model = Checkpoint.open(Path.of(arguments[0]))) {
            write(model, Integer.parseInt(arguments[2]), Path.of(arguments[1]));
        }
    }

    /** All projections of the UNet's transformers and of CLIP's text encoder. */
    public static Path write(Checkpoint model, int rank, Path file) {
        LoraFormula lora = new LoraFormula();
        for (String name : new TreeSet<>(model.names())) {
            List<Long> shape = model.get(name).shape();
            if (shape.size() < 2 || !name.endsWith(".weight") || name.contains("embedding")) continue;
            String module = name.substring(0, name.length() - ".weight".length());
            boolean inTransformer = module.contains(".transformer_blocks.") || module.contains(".proj_");
            if (module.startsWith("model.diffusion_model.") && inTransformer)
                module = module.replace("model.diffusion_model.", "lora_unet.");
            else if (module.contains(".text_model.encoder."))
                module = module.replace("cond_stage_model.transformer.", "lora_te.")
                        .replace("conditioner.embedders.0.transformer.", "lora_te1.");
            else continue;
            String key = module.replace('.', '_');
            long[] down = shape.stream().mapToLong(Long::longValue).toArray();
            long[] up = down.clone();
            down[0] = rank;
            up[1] = rank;
            lora.random(key + ".lora_down.weight", down)
                    .random(key + ".lora_up.weight", up)
                    .scalar(key + ".alpha", rank / 2f);
        }
        return lora.write(file);
    }
}
