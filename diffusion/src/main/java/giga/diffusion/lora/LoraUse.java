package giga.diffusion.lora;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A LoRA and how strongly it acts, as {@code <lora:name:text:unet:dim>} says it.
 *
 * @param textWeight in the text encoders; may be 0 or negative
 * @param unetWeight in the UNet
 * @param dim how many ranks of its matrices act, all where empty
 */
public record LoraUse(Path file, double textWeight, double unetWeight, OptionalInt dim) {
    private static final double MOST = 1000;

    public LoraUse {
        if (!(Math.abs(textWeight) <= MOST && Math.abs(unetWeight) <= MOST))
            throw new ModelException("LoRA %s: its weights are %s and %s; give numbers from -%.0f to %.0f"
                    .formatted(file, textWeight, unetWeight, MOST, MOST));
        if (dim.isPresent() && dim.getAsInt() < 1)
            throw new ModelException("LoRA %s: %d of its ranks cannot act; give 1 or more, or none for all of them"
                    .formatted(file, dim.getAsInt()));
    }

    public LoraUse(Path file, double weight) {
        this(file, weight, weight, OptionalInt.empty());
    }

    double weight(LoraModule module) {
        return module.isOfText() ? textWeight : unetWeight;
    }
}
