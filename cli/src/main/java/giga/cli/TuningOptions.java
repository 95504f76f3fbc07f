package giga.cli;

import giga.redraw.Diffusion;
import giga.redraw.JobException;
import picocli.CommandLine.Option;

/** What only few people tell a sampler; names are those of A1111's settings. */
final class TuningOptions {
    @Option(
            names = "--eta",
            paramLabel = "0..1",
            description = "Share of new noise in a step. Default: the sampler's own, 0 of DDIM and 1 of the others.")
    private double eta = Diffusion.Tuning.NONE.eta();

    @Option(names = "--s-churn", paramLabel = "N", description = "Extra noise on the way, of Euler, Heun and DPM2. [0]")
    private double churn = Diffusion.Tuning.NONE.churn();

    @Option(names = "--s-noise", paramLabel = "FACTOR", description = "Of the noise that a step adds. [1]")
    private double noise = Diffusion.Tuning.NONE.noise();

    @Option(names = "--sigma-min", paramLabel = "SIGMA", description = "End of the schedule. Default: the model's.")
    private double sigmaMin = Diffusion.Tuning.NONE.sigmaMin();

    @Option(names = "--sigma-max", paramLabel = "SIGMA", description = "Begin of the schedule. Default: the model's.")
    private double sigmaMax = Diffusion.Tuning.NONE.sigmaMax();

    @Option(
            names = "--cfg-rescale",
            paramLabel = "0..1",
            description = "Bring back the contrast that guidance adds; 0.7 for zero-terminal-SNR models. [0]")
    private double cfgRescale = Diffusion.Tuning.NONE.cfgRescale();

    @Option(
            names = "--cfg-interval",
            paramLabel = "FROM:TO",
            description = "Guide only between two sigmas, for example 5.4:0.28; calls outside cost half.")
    private String cfgInterval = "0:0";

    @Option(
            names = "--s-min-uncond",
            paramLabel = "SIGMA",
            description = "Below this sigma every second call goes without guidance. [0]")
    private double skipBelow = Diffusion.Tuning.NONE.skipBelow();

    Diffusion.Tuning tuning() {
        String[] sigmas = cfgInterval.split(":", -1);
        try {
            if (sigmas.length != 2) throw new NumberFormatException();
            return new Diffusion.Tuning(
                    eta,
                    churn,
                    noise,
                    sigmaMin,
                    sigmaMax,
                    cfgRescale,
                    Double.parseDouble(sigmas[0].strip()),
                    Double.parseDouble(sigmas[1].strip()),
                    skipBelow);
        } catch (NumberFormatException e) {
            throw new JobException(
                    "cfg interval '" + cfgInterval + "': give two sigmas, FROM:TO, for example 5.4:0.28", e);
        }
    }
}
