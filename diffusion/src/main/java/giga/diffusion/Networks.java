package giga.diffusion;

import giga.diffusion.network.Autoencoder;
import giga.diffusion.network.AutoencoderKl;
import giga.diffusion.network.AutoencoderTiny;
import giga.diffusion.network.TextEncoder;
import giga.diffusion.network.UNet;
import giga.diffusion.tensor.Tensor;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Architecture;
import java.util.List;

/** @param text in the architecture's order */
record Networks(List<TextEncoder> text, UNet unet, Autoencoder autoencoder) {
    static Networks of(Weights weights, Architecture architecture) {
        return new Networks(
                architecture.textEncoders().stream()
                        .map(encoder -> TextEncoder.of(weights, encoder))
                        .toList(),
                new UNet(weights.below("model.diffusion_model."), architecture.heads()),
                switch (architecture.autoencoder()) {
                    case KL -> new AutoencoderKl(wide(weights.below("first_stage_model.")));
                    case TINY -> new AutoencoderTiny(weights);
                });
    }

    /** SDXL's KL decoder goes beyond what a half can hold. */
    private static Weights wide(Weights weights) {
        return new Weights() {
            @Override
            public boolean has(String name) {
                return weights.has(name);
            }

            @Override
            public Tensor get(String name) {
                return weights.get(name).withoutHalves();
            }
        };
    }
}
