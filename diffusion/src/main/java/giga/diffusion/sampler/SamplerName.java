package giga.diffusion.sampler;

import java.util.Locale;
import java.util.Optional;

/**
 * A sampler's name as A1111 writes it: before version 1.9 with the scheduler in it ("DPM++ SDE Karras"), since then
 * without ("DPM++ SDE").
 *
 * @param scheduler the one in the name; it goes before any other that was given
 */
public record SamplerName(Sampler sampler, Optional<Scheduler> scheduler) {
    /** @throws giga.diffusion.ModelException that suggests the nearest name; case does not matter */
    public static SamplerName parse(String name) {
        String stripped = name.strip();
        String typed = stripped.toLowerCase(Locale.ROOT);
        // "SGM Uniform" ends with "Uniform": the longest ending counts.
        String ending = "";
        Optional<Scheduler> scheduler = Optional.empty();
        for (Scheduler candidate : Scheduler.values()) {
            for (String known : candidate.names()) {
                String last = " " + known.toLowerCase(Locale.ROOT);
                if (typed.endsWith(last) && last.length() > ending.length()) {
                    ending = last;
                    scheduler = Optional.of(candidate);
                }
            }
        }
        return new SamplerName(
                Sampler.byName(stripped.substring(0, Math.max(0, stripped.length() - ending.length()))), scheduler);
    }
}
