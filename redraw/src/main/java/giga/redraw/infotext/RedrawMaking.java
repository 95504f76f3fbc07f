package giga.redraw.infotext;

import giga.canvas.input.PictureInfo;
import giga.redraw.Layout;
import giga.redraw.Plan;
import giga.redraw.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

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
        Making making = new Making(
                request.diffusion(), plan.canvas().width(), plan.canvas().height(), true, fields(request), version);
        return Map.of(PictureInfo.PARAMETERS, making.infotext(hashes).text());
    }

    static SequencedMap<String, String> fields(Request request) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        Request.Tiling tiling = request.tiling();
        fields.put(PREFIX + "scale", Making.number(request.passes().scale()));
        fields.put(PREFIX + "passes", String.valueOf(request.passes().count()));
        fields.put(PREFIX + "tile", String.valueOf(tiling.tile()));
        fields.put(PREFIX + "padding", String.valueOf(tiling.padding()));
        fields.put(PREFIX + "blur", String.valueOf(tiling.blur()));
        fields.put(PREFIX + "order", tiling.order().toString());
        fields.put(PREFIX + "tone lock", String.valueOf(tiling.toneLock()));
        if (tiling.layout() != Layout.EVEN)
            fields.put(PREFIX + "layout", tiling.layout().toString());
        if (!request.passes().redraw()) fields.put(PREFIX + "tiles", "off");
        if (request.seams().mode() != Request.Seams.Mode.NONE) fields.putAll(seams(request.seams()));
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
