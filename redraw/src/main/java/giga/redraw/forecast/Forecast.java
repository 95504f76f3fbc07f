package giga.redraw.forecast;

import giga.redraw.JobException;
import giga.redraw.job.Job;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a job was to take and what it took; stands in its folder as forecast.json.
 *
 * @param predicted before the first step; empty where a trial would have cost too much of the run
 * @param actual so far, of all runs that ended by themselves or were stopped
 */
public record Forecast(Optional<Figures> predicted, Optional<Figures> actual) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** A trial takes as long as about two tiles. */
    private static final int TILES_WORTH_A_TRIAL = 100;

    public static final Forecast NONE = new Forecast(Optional.empty(), Optional.empty());

    /**
     * @param unetCalls evaluations of the UNet for one latent
     * @param peakMebibytes of resident memory
     * @param peakDiskBytes of the job's folder
     */
    public record Figures(long unetCalls, double seconds, long peakMebibytes, long peakDiskBytes) {
        Figures and(Figures later) {
            return new Figures(
                    unetCalls + later.unetCalls,
                    seconds + later.seconds,
                    Math.max(peakMebibytes, later.peakMebibytes),
                    Math.max(peakDiskBytes, later.peakDiskBytes));
        }

        private String text() {
            return String.format(
                    Locale.ROOT,
                    "%d UNet calls, %.0f s, %d MiB of memory, %.0f MB of disk",
                    unetCalls,
                    seconds,
                    peakMebibytes,
                    peakDiskBytes / 1e6);
        }
    }

    public static boolean isWorthATrial(Job job) {
        return job.plan().tileCount() >= TILES_WORTH_A_TRIAL;
    }

    /** What a job's folder holds of it. */
    public static Forecast of(Job job) {
        return job.forecast().map(Forecast::read).orElse(NONE);
    }

    private static Forecast read(String json) {
        try {
            return JSON.readValue(json, Forecast.class);
        } catch (JacksonException e) {
            // Nothing hangs on it.
            return NONE;
        }
    }

    public Forecast predicting(Estimate estimate) {
        return estimate.seconds().isEmpty()
                ? this
                : new Forecast(
                        Optional.of(new Figures(
                                estimate.unetCalls(),
                                estimate.seconds().get(),
                                estimate.peakMebibytes().orElse(0L),
                                estimate.diskBytes())),
                        actual);
    }

    public Forecast after(Figures run) {
        return new Forecast(
                predicted, Optional.of(actual.map(before -> before.and(run)).orElse(run)));
    }

    /** @throws JobException when the disk refuses */
    public void write(Job job) {
        job.noteForecast(JSON.writeValueAsString(this) + "\n");
    }

    /** For people, once there are both. */
    public Optional<String> text() {
        if (predicted.isEmpty() || actual.isEmpty()) return Optional.empty();
        return Optional.of("predicted %s; took %s"
                .formatted(predicted.get().text(), actual.get().text()));
    }
}
