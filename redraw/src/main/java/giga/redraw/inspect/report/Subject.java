package giga.redraw.inspect.report;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.redraw.Plan;
import giga.redraw.Request;
import giga.redraw.forecast.Forecast;
import giga.redraw.inspect.Inspection;
import giga.redraw.inspect.PictureInspection;
import giga.redraw.inspect.Texture;
import giga.redraw.inspect.map.PictureMaps;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A picture that was examined, with what is known of it. */
public sealed interface Subject {
    Picture picture();

    PictureMaps maps();

    Texture texture();

    String text();

    Map<String, Object> figures();

    /** A picture from anywhere. */
    record Alone(Picture picture, PictureMaps maps, PictureInspection measures) implements Subject {
        public static Alone of(Picture picture) {
            return new Alone(picture, PictureMaps.of(picture), PictureInspection.of(picture));
        }

        @Override
        public Texture texture() {
            return measures.texture();
        }

        @Override
        public String text() {
            return measures.text();
        }

        @Override
        public Map<String, Object> figures() {
            return measures.figures();
        }
    }

    /**
     * What a job made of its source.
     *
     * @param forecast what the job was to take and what it took
     * @param seams the map of them
     */
    record Redrawn(
            Request request,
            Plan plan,
            Forecast forecast,
            Picture source,
            Picture picture,
            PictureMaps maps,
            Pixels seams,
            Inspection measures)
            implements Subject {
        /** @throws giga.canvas.PictureException when a picture cannot be read */
        public static Redrawn of(Request request, Plan plan, Forecast forecast, Picture source, Picture result) {
            PictureMaps maps = PictureMaps.of(result);
            PictureMaps.SeamMap seams = maps.seams();
            Inspection measures = Inspection.of(result, source, plan.cores(), plan.drawn(), seams::add);
            return new Redrawn(request, plan, forecast, source, result, maps, seams.pixels(), measures);
        }

        /** The tiles of the pass that made the result. */
        public Pixels tiles() {
            return maps.tiles(plan.passes().getLast().phases());
        }

        /** Single pictures that the UNet saw for a million pixels of the result. */
        public double unetCallsPerMegapixel() {
            return request.unetCalls(plan) / (plan.canvas().area() / 1e6);
        }

        @Override
        public Texture texture() {
            return measures.texture();
        }

        @Override
        public String text() {
            String work = String.format(Locale.ROOT, "work %.1f UNet calls per megapixel", unetCallsPerMegapixel());
            String took = forecast.text().map(text -> "\n" + text).orElse("");
            return measures.text() + "\n" + work + took;
        }

        @Override
        public Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("width", picture.width());
            figures.put("height", picture.height());
            figures.putAll(measures.figures());
            figures.put("unet_calls_per_megapixel", unetCallsPerMegapixel());
            forecast.predicted().ifPresent(predicted -> figures.put("predicted", figures(predicted)));
            forecast.actual().ifPresent(actual -> figures.put("actual", figures(actual)));
            return figures;
        }

        private static Map<String, Object> figures(Forecast.Figures of) {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("unet_calls", of.unetCalls());
            figures.put("seconds", of.seconds());
            figures.put("peak_mebibytes", of.peakMebibytes());
            figures.put("peak_disk_bytes", of.peakDiskBytes());
            return figures;
        }
    }
}
