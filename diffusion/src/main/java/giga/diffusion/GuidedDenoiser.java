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
        List<Conditioning> all = new ArrayList<>(parts);
        if (unconditional) all.add(negative.at(call).getFirst().conditioning());
        List<Planes> outputs = new ArrayList<>();
        while (outputs.size() < all.size())
            outputs.addAll(unet.predict(x, timestep, together(all.subList(outputs.size(), all.size()))));
        return outputs;
    }

    /**
     * The first two, or the first alone where their lengths differ: those cannot share a batch, and A1111 runs them one
     * after the other too. More at once would take more memory for prompts with many parts, and no less time.
     */
    private static List<Conditioning> together(List<Conditioning> rest) {
        boolean pair = rest.size() > 1 && rest.get(0).tokens() == rest.get(1).tokens();
        return rest.subList(0, pair ? 2 : 1);
    }
}
