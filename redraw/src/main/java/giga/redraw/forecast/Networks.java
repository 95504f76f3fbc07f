package giga.redraw.forecast;

import giga.diffusion.StableDiffusion;
import giga.redraw.Diffusion;
import giga.redraw.Pass;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Request;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the networks of a request cost on this machine: for each model, one tile of the last pass that it draws.
 *
 * @param measured by what goes through them: a model, with guidance or without
 */
record Networks(Map<Kind, Measured> measured) {
    record Kind(Diffusion.Model model, boolean guided) {
        static Kind of(PassSettings pass) {
            return new Kind(
                    pass.diffusion().model(), pass.diffusion().sampling().cfg() != 1);
        }
    }

    /** @param pixels of the tile */
    record Measured(Calibration cost, double pixels) {}

    /** Loads what is needed for it, one model after the other. */
    static Networks of(Request request, Plan plan) {
        Map<Kind, Measured> measured = new LinkedHashMap<>();
        for (Pass pass : plan.passes().reversed()) {
            PassSettings settings = request.of(pass);
            if (measured.containsKey(Kind.of(settings))) continue;
            try (StableDiffusion model = settings.diffusion().model().load()) {
                measured.put(Kind.of(settings), measure(model, settings, pass));
            }
        }
        return new Networks(measured);
    }

    /** @param model that all passes share */
    static Networks of(StableDiffusion model, Request request, Plan plan) {
        Map<Kind, Measured> measured = new LinkedHashMap<>();
        for (Pass pass : plan.passes().reversed()) {
            PassSettings settings = request.of(pass);
            if (!measured.containsKey(Kind.of(settings)))
                measured.put(Kind.of(settings), measure(model, settings, pass));
        }
        return new Networks(measured);
    }

    private static Measured measure(StableDiffusion model, PassSettings settings, Pass pass) {
        return new Measured(
                Calibration.of(model, settings, pass), pass.phases().getFirst().networkPixels());
    }

    /** Seconds inside the networks for a whole plan. */
    double seconds(Plan plan, Request request) {
        return plan.passes().stream()
                .mapToDouble(pass -> {
                    Measured tile = of(request.of(pass));
                    return tile.cost().seconds(pass, request.of(pass), tile.pixels());
                })
                .sum();
    }

    /** Operations of all evaluations of the UNet, in units of 10¹². */
    double teraflop(Plan plan, Request request) {
        return plan.passes().stream()
                .mapToDouble(pass ->
                        request.unetCalls(pass) * of(request.of(pass)).cost().flops() / 1e12)
                .sum();
    }

    private Measured of(PassSettings pass) {
        return measured.get(Kind.of(pass));
    }
}
