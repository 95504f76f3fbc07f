package giga.diffusion;

import giga.diffusion.network.Autoencoder;
import giga.diffusion.network.AutoencoderKl;
import giga.diffusion.network.AutoencoderTiny;
import giga.diffusion.network.TextEncoder;
import giga.diffusion.network.UNet;
import giga.diffusion.tensor.Precision;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture;
import java.util.List;

/** @param text in the architecture's order */
record Networks(List<TextEncoder> text, UNet unet, Autoencoder autoencoder) {
    static Networks of(Weights weights, Architecture architecture, Precision precision) {
        return new Networks(
                architecture.textEncoders().stream()
                        .map(encoder -> TextEncoder.of(weights, encoder))
                        .toList(),
                new UNet(weights.below("model.diffusion_model."), precision, architecture.heads()),
                switch (architecture.autoencoder()) {
                    case KL -> new AutoencoderKl(weights.below("first_stage_model."), precision);
                    case TINY -> new AutoencoderTiny(weights, precision);
                });
    }
}
