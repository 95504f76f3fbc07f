package giga.cli;

import giga.redraw.Diffusion;
import giga.redraw.JobException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What only few people tell a sampler; names are those of A1111's settings. */
final class TuningOptions {
    @Option(
            names = "--eta",
            paramLabel = "0..1",
            description = "Share of new noise in a step. Default: the sampler's own, 0 of DDIM and 1 of the others.")
    private Optional<Double> eta;

    @Option(names = "--s-churn", paramLabel = "N", description = "Extra noise on the way, of Euler, Heun and DPM2. [0]")
    private Optional<Double> churn;

    @Option(names = "--s-noise", paramLabel = "FACTOR", description = "Of the noise that a step adds. [1]")
    private Optional<Double> noise;

    @Option(names = "--sigma-min", paramLabel = "SIGMA", description = "End of the schedule. Default: the model's.")
    private Optional<Double> sigmaMin;

    @Option(names = "--sigma-max", paramLabel = "SIGMA", description = "Begin of the schedule. Default: the model's.")
    private Optional<Double> sigmaMax;

    @Option(
            names = "--cfg-rescale",
            paramLabel = "0..1",
            description = "Bring back the contrast that guidance adds; 0.7 for zero-terminal-SNR models. [0]")
    private Optional<Double> cfgRescale;

    @Option(
            names = "--cfg-interval",
            paramLabel = "FROM:TO",
            description = "Guide only between two sigmas, for example 5.4:0.28; calls outside cost half.")
    private Optional<String> cfgInterval;

    @Option(
            names = "--s-min-uncond",
            paramLabel = "SIGMA",
            description = "Below this sigma every second call goes without guidance. [0]")
    private Optional<Double> skipBelow;

    /** @param like for what no option tells */
    Diffusion.Tuning tuning(Diffusion.Tuning like) {
        double[] interval = cfgInterval.map(TuningOptions::sigmas).orElse(new double[] {like.cfgFrom(), like.cfgTo()});
        return new Diffusion.Tuning(
                eta.orElse(like.eta()),
                churn.orElse(like.churn()),
                noise.orElse(like.noise()),
                sigmaMin.orElse(like.sigmaMin()),
                sigmaMax.orElse(like.sigmaMax()),
                cfgRescale.orElse(like.cfgRescale()),
                interval[0],
                interval[1],
                skipBelow.orElse(like.skipBelow()));
    }

    private static double[] sigmas(String interval) {
        String[] sigmas = interval.split(":", -1);
        try {
            if (sigmas.length != 2) throw new NumberFormatException();
            return new double[] {Double.parseDouble(sigmas[0].strip()), Double.parseDouble(sigmas[1].strip())};
        } catch (NumberFormatException e) {
            throw new JobException(
                    "cfg interval '" + interval + "': give two sigmas, FROM:TO, for example 5.4:0.28", e);
        }
    }
}
