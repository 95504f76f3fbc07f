package giga.diffusion;

import giga.diffusion.PromptConditioning.Weighted;
import giga.diffusion.sampler.PromptedNetwork;
import java.util.ArrayList;
import java.util.List;

/** A UNet with its prompts: which conditionings it sees in each call of a run. */
record GuidedDenoiser(Unet unet, PromptConditioning positive, PromptConditioning negative) implements PromptedNetwork {
    /** The UNet alone. */
    interface Unet {
        /** One output for each of several conditionings of equal length. */
        List<Planes> predict(Planes x, float timestep, List<Conditioning> conditionings);
    }

    @Override
    public List<Double> weights() {
        return positive.parts().stream().map(PromptConditioning.Part::weight).toList();
    }

    @Override
    public List<Planes> predict(Planes x, float timestep, int call, boolean unconditional) {
        List<Conditioning> parts =
                positive.at(call).stream().map(Weighted::conditioning).toList();
        if (!unconditional) return unet.predict(x, timestep, parts);
        Conditioning without = negative.at(call).getFirst().conditioning();
        List<Conditioning> all = new ArrayList<>(parts);
        all.add(without);
        // Prompts of different length cannot share a batch; A1111 runs them one after the other too.
        if (parts.getFirst().tokens() == without.tokens()) return unet.predict(x, timestep, all);
        List<Planes> outputs = new ArrayList<>(unet.predict(x, timestep, parts));
        outputs.addAll(unet.predict(x, timestep, List.of(without)));
        return outputs;
    }
}
