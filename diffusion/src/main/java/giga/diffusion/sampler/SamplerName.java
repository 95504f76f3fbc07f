package giga.diffusion.sampler;

import java.util.List;
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
        String typed = name.strip().toLowerCase(Locale.ROOT);
        for (Scheduler scheduler : Scheduler.values()) {
            String ending = " " + scheduler.toString().toLowerCase(Locale.ROOT);
            if (typed.endsWith(ending))
                return new SamplerName(
                        Sampler.byName(typed.substring(0, typed.length() - ending.length())), Optional.of(scheduler));
        }
        return new SamplerName(Names.find("sampler", name, List.of(Sampler.values())), Optional.empty());
    }
}
