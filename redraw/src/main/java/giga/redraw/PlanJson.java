package giga.redraw;

import giga.canvas.Region;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** A plan as JSON: its records by their names, rectangles as [x, y, width, height]. */
public final class PlanJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Region.class, new RegionWriter())
                    .addDeserializer(Region.class, new RegionReader()))
            .build();

    private PlanJson() {}

    public static String write(Plan plan) {
        return MAPPER.writeValueAsString(plan);
    }

    /**
     * @param name what to call the text in a message, for example its file
     * @throws JobException when the text is no plan
     */
    public static Plan read(String json, String name) {
        try {
            Plan plan = MAPPER.readValue(json, Plan.class);
            if (plan != null) return plan;
            throw noPlan(name, "it is null", null);
        } catch (JacksonException e) {
            throw noPlan(name, e.getOriginalMessage(), e);
        }
    }

    private static JobException noPlan(String name, String why, Throwable cause) {
        return new JobException(
                "%s is not a plan that this version made (%s): start the job anew".formatted(name, why), cause);
    }

    private static final class RegionWriter extends StdSerializer<Region> {
        RegionWriter() {
            super(Region.class);
        }

        @Override
        public void serialize(Region region, JsonGenerator json, SerializationContext context) {
            json.writeArray(new int[] {region.x(), region.y(), region.width(), region.height()}, 0, 4);
        }
    }

    private static final class RegionReader extends StdDeserializer<Region> {
        RegionReader() {
            super(Region.class);
        }

        @Override
        public Region deserialize(JsonParser json, DeserializationContext context) {
            int[] sides = context.readValue(json, int[].class);
            if (sides.length != 4) throw new IllegalArgumentException(sides.length + " numbers for a rectangle");
            return new Region(sides[0], sides[1], sides[2], sides[3]);
        }
    }
}
