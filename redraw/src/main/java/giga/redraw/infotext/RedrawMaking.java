package giga.redraw.infotext;

import giga.canvas.Region;
import giga.canvas.input.PictureInfo;
import giga.redraw.Layout;
import giga.redraw.PassSettings;
import giga.redraw.Plan;
import giga.redraw.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/** How a redrawn picture came about: as of a new picture, and how its tiles were laid. */
public final class RedrawMaking {
    static final String PREFIX = "Redraw ";

    private RedrawMaking() {}

    /**
     * What goes into the result's file.
     *
     * @param version of the program, for example "giga 0.1.0"
     */
    public static Map<String, String> texts(Request request, Plan plan, FileHashes hashes, String version) {
        Region size = request.result().size(plan.canvas());
        // What shows in the end is the last pass' work.
        Making making = new Making(
                request.passes().getLast().diffusion(), size.width(), size.height(), true, fields(request), version);
        return Map.of(PictureInfo.PARAMETERS, making.infotext(hashes).text());
    }

    private static SequencedMap<String, String> fields(Request request) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put(PREFIX + "scale", each(request, PassSettings::scale));
        fields.put(PREFIX + "passes", String.valueOf(request.passes().size()));
        String denoise = each(request, pass -> pass.diffusion().sampling().denoise());
        if (denoise.contains("/")) fields.put(PREFIX + "denoise", denoise);
        fields.putAll(tiles(request.passes().getLast()));
        return fields;
    }

    /** One number where all passes have the same. */
    private static String each(Request request, ToDoubleFunction<PassSettings> value) {
        List<String> numbers = request.passes().stream()
                .map(pass -> Making.number(value.applyAsDouble(pass)))
                .toList();
        return numbers.stream().distinct().count() == 1 ? numbers.getFirst() : String.join("/", numbers);
    }

    static SequencedMap<String, String> tiles(PassSettings pass) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        Request.Tiling tiling = pass.tiling();
        fields.put(PREFIX + "tile", String.valueOf(tiling.tile()));
        fields.put(PREFIX + "padding", String.valueOf(tiling.padding()));
        fields.put(PREFIX + "blur", String.valueOf(tiling.blur()));
        fields.put(PREFIX + "order", tiling.order().toString());
        fields.put(PREFIX + "tone lock", String.valueOf(tiling.toneLock()));
        if (tiling.layout() != Layout.EVEN)
            fields.put(PREFIX + "layout", tiling.layout().toString());
        if (!pass.redraw()) fields.put(PREFIX + "tiles", "off");
        if (pass.seams().mode() != Request.Seams.Mode.NONE) fields.putAll(seams(pass.seams()));
        return fields;
    }

    private static Map<String, String> seams(Request.Seams seams) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put(PREFIX + "seams", seams.mode().toString());
        fields.put(PREFIX + "seams denoise", Making.number(seams.denoise()));
        fields.put(PREFIX + "seams padding", String.valueOf(seams.padding()));
        fields.put(PREFIX + "seams blur", String.valueOf(seams.blur()));
        fields.put(PREFIX + "seams width", String.valueOf(seams.width()));
        return fields;
    }
}
