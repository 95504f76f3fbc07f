package giga.redraw.infotext;

import giga.redraw.Diffusion;
import giga.redraw.Diffusion.Tuning;
import java.util.Map;
import java.util.Set;

/** What samplers and guidance were told beside, where it is not A1111's default; the guidance's two have no name there. */
final class TuningFields {
    private static final String ETA = "Eta";
    private static final String ETA_DDIM = "Eta DDIM";
    private static final String CHURN = "Sigma churn";
    private static final String NOISE = "Sigma noise";
    private static final String SIGMA_MIN = "Schedule min sigma";
    private static final String SIGMA_MAX = "Schedule max sigma";
    private static final String SKIP_BELOW = "NGMS";
    private static final String RESCALE = "CFG rescale";
    private static final String FROM = "CFG from sigma";
    private static final String TO = "CFG to sigma";

    static final Set<String> KEYS =
            Set.of(ETA, ETA_DDIM, CHURN, NOISE, SIGMA_MIN, SIGMA_MAX, SKIP_BELOW, RESCALE, FROM, TO);

    private TuningFields() {}

    static void put(Diffusion.Sampling sampling, Map<String, String> fields) {
        Tuning tuning = sampling.tuning();
        String eta = sampling.sampler().startsWith("DDIM") ? ETA_DDIM : ETA;
        put(eta, tuning.eta(), Tuning.NONE.eta(), fields);
        put(CHURN, tuning.churn(), Tuning.NONE.churn(), fields);
        put(NOISE, tuning.noise(), Tuning.NONE.noise(), fields);
        put(SIGMA_MIN, tuning.sigmaMin(), Tuning.NONE.sigmaMin(), fields);
        put(SIGMA_MAX, tuning.sigmaMax(), Tuning.NONE.sigmaMax(), fields);
        put(SKIP_BELOW, tuning.skipBelow(), Tuning.NONE.skipBelow(), fields);
        put(RESCALE, tuning.cfgRescale(), Tuning.NONE.cfgRescale(), fields);
        put(FROM, tuning.cfgFrom(), Tuning.NONE.cfgFrom(), fields);
        put(TO, tuning.cfgTo(), Tuning.NONE.cfgTo(), fields);
    }

    private static void put(String key, double value, double usual, Map<String, String> fields) {
        if (value != usual) fields.put(key, Making.number(value));
    }

    static Tuning read(NumberFields fields) {
        return new Tuning(
                fields.number(ETA, fields.number(ETA_DDIM, Tuning.NONE.eta())),
                fields.number(CHURN, Tuning.NONE.churn()),
                fields.number(NOISE, Tuning.NONE.noise()),
                fields.number(SIGMA_MIN, Tuning.NONE.sigmaMin()),
                fields.number(SIGMA_MAX, Tuning.NONE.sigmaMax()),
                fields.number(RESCALE, Tuning.NONE.cfgRescale()),
                fields.number(FROM, Tuning.NONE.cfgFrom()),
                fields.number(TO, Tuning.NONE.cfgTo()),
                fields.number(SKIP_BELOW, Tuning.NONE.skipBelow()));
    }
}
