package giga.redraw.infotext;

import giga.redraw.PassSettings;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** How a new picture was enlarged before it was written, in A1111's names where it has them. */
public final class HiresFields {
    static final String SCALE = "Hires upscale";
    static final String UPSCALER = "Hires upscaler";

    private HiresFields() {}

    /** @param hires how it was redrawn */
    public static SequencedMap<String, String> of(PassSettings hires) {
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "Denoising strength", Making.number(hires.diffusion().sampling().denoise()));
        fields.put(SCALE, Making.number(hires.scale()));
        fields.put(UPSCALER, "Lanczos");
        fields.putAll(RedrawMaking.tiles(hires));
        return fields;
    }
}
