package giga.diffusion.network;

import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture;

/** Turns the tokens of a prompt into what the UNet looks at. */
public sealed interface TextEncoder permits ClipTextEncoder, OpenClipTextEncoder {
    /** @param weights of a whole model */
    static TextEncoder of(Weights weights, Architecture.TextEncoder encoder) {
        Weights own = weights.below(encoder.prefix());
        return switch (encoder.layout()) {
            case CLIP -> new ClipTextEncoder(own, encoder.heads(), encoder.activation());
            case OPEN_CLIP -> new OpenClipTextEncoder(own, encoder.heads(), encoder.activation());
        };
    }
}
