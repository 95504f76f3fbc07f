package giga.diffusion.sampler;

import static giga.diffusion.sampler.Sampler.Trait.BY_ITEM;
import static giga.diffusion.sampler.Sampler.Trait.CFG_PLUS_PLUS;
import static giga.diffusion.sampler.Sampler.Trait.CONSISTENT;
import static giga.diffusion.sampler.Sampler.Trait.DISCARDS;
import static giga.diffusion.sampler.Sampler.Trait.SECOND_ORDER;

import java.util.List;
import java.util.Set;

/** How a run gets from noise to a picture. Names are those of A1111. */
public enum Sampler {
    DPM_PP_2M("DPM++ 2M", Noise.NONE, Scheduler.KARRAS, DpmPlusPlus::multistep2),
    DPM_PP_SDE("DPM++ SDE", Noise.BROWNIAN, Scheduler.KARRAS, DpmPlusPlus::sde, SECOND_ORDER),
    DPM_PP_2M_SDE("DPM++ 2M SDE", Noise.BROWNIAN, Scheduler.EXPONENTIAL, DpmPlusPlusSde::multistep2),
    DPM_PP_2M_SDE_HEUN("DPM++ 2M SDE Heun", Noise.BROWNIAN, Scheduler.EXPONENTIAL, DpmPlusPlusSde::multistep2Heun),
    DPM_PP_2S_A("DPM++ 2S a", Noise.IMAGE, Scheduler.KARRAS, DpmPlusPlus::singlestep2Ancestral, SECOND_ORDER),
    DPM_PP_3M_SDE("DPM++ 3M SDE", Noise.BROWNIAN, Scheduler.EXPONENTIAL, DpmPlusPlusSde::multistep3, DISCARDS),
    EULER_ANCESTRAL("Euler a", Noise.IMAGE, Scheduler.UNIFORM, Euler::eulerAncestral),
    EULER("Euler", Noise.NONE, Scheduler.UNIFORM, Euler::euler),
    LMS("LMS", Noise.NONE, Scheduler.UNIFORM, LinearMultistep::lms),
    HEUN("Heun", Noise.NONE, Scheduler.UNIFORM, Euler::heun, SECOND_ORDER),
    DPM2("DPM2", Noise.NONE, Scheduler.KARRAS, Dpm2::dpm2, SECOND_ORDER, DISCARDS),
    DPM2_A("DPM2 a", Noise.IMAGE, Scheduler.KARRAS, Dpm2::ancestral, SECOND_ORDER, DISCARDS),
    DPM_FAST("DPM fast", Noise.IMAGE, Scheduler.UNIFORM, DpmSolver::fast),
    DPM_ADAPTIVE("DPM adaptive", Noise.IMAGE, Scheduler.UNIFORM, DpmSolver::adaptive, BY_ITEM),
    RESTART("Restart", Noise.IMAGE, Scheduler.KARRAS, Restart::restart, SECOND_ORDER),
    LCM("LCM", Noise.IMAGE, Scheduler.UNIFORM, LatentConsistency::lcm, CONSISTENT),
    DDIM("DDIM", Noise.NONE, Ddim::ddim),
    DDIM_CFG_PP("DDIM CFG++", Noise.NONE, Ddim::cfgPlusPlus, CFG_PLUS_PLUS),
    PLMS("PLMS", Noise.NONE, Ddim::plms),
    UNI_PC("UniPC", Noise.NONE, UniPc::sample);

    private final String label;
    private final Noise noise;
    private final Scheduler automatic;
    private final Rule rule;
    private final Set<Trait> traits;

    Sampler(String label, Noise noise, Scheduler automatic, Rule.OnSigmas rule, Trait... traits) {
        this.label = label;
        this.noise = noise;
        this.automatic = automatic;
        this.rule = rule;
        this.traits = Set.of(traits);
    }

    Sampler(String label, Noise noise, Rule.OnTimesteps rule, Trait... traits) {
        this.label = label;
        this.noise = noise;
        this.automatic = Scheduler.UNIFORM;
        this.rule = rule;
        this.traits = Set.of(traits);
    }

    /** Noise that a sampler draws on the way, with its default options. */
    public enum Noise {
        NONE,
        /** From the picture's generator, so it changes with A1111's "eta noise seed delta" (ENSD). */
        IMAGE,
        /** A Brownian path of the picture's seed. */
        BROWNIAN
    }

    /** @throws giga.diffusion.ModelException that suggests the nearest name; case does not matter */
    public static Sampler byName(String name) {
        return Names.find("sampler", name, List.of(values()));
    }

    public Noise noise() {
        return noise;
    }

    /** Whether A1111 counts its steps twice, for it calls the network twice in each. */
    public boolean secondOrder() {
        return traits.contains(SECOND_ORDER);
    }

    /** Steps that a prompt's schedule counts in a run of so many steps: A1111 counts calls, and one more for the last. */
    public int promptSteps(int steps) {
        return secondOrder() ? 2 * steps : steps;
    }

    /** Whether it runs on timesteps of its own, so that no scheduler has a say. */
    public boolean onTimesteps() {
        return rule instanceof Rule.OnTimesteps;
    }

    /** Whether it chooses the number of its steps by what the network says: then a count of its calls is a guess. */
    public boolean adaptive() {
        return traits.contains(BY_ITEM);
    }

    /** The scheduler that {@link Scheduler#AUTOMATIC} stands for. */
    public Scheduler automatic() {
        return automatic;
    }

    /** The name people know it by. */
    @Override
    public String toString() {
        return label;
    }

    Rule rule() {
        return rule;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    enum Trait {
        SECOND_ORDER,
        /** Leaves out the last sigma above 0, as A1111 does for it. */
        DISCARDS,
        /** Needs a batch's items one by one, as its steps depend on all values that it sees. */
        BY_ITEM,
        /** Runs on the levels and the denoiser of latent consistency models. */
        CONSISTENT,
        /** Uses the unconditional output, with a scale of its own. */
        CFG_PLUS_PLUS
    }
}
