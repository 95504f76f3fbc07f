package giga.cli;

import giga.redraw.run.ProgressEvent;
import giga.redraw.run.Stage;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object per line; "event" tells what it is. */
final class JsonTerminal implements Terminal {
    private static final long MILLIS_BETWEEN_ADVANCES = 200;

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private final PrintWriter out;
    private long lastAdvance;

    JsonTerminal(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void say(String remark) {}

    @Override
    public void on(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.StageStarted started -> line("started", started.stage(), started.done());
            case ProgressEvent.StageAdvanced advanced -> {
                long now = System.currentTimeMillis();
                if (now - lastAdvance < MILLIS_BETWEEN_ADVANCES) return;
                lastAdvance = now;
                line("advanced", advanced.stage(), advanced.done());
            }
            case ProgressEvent.StageFinished finished ->
                line("finished", finished.stage(), finished.stage().total());
            case ProgressEvent.TileDone tile -> {
                Map<String, Object> fields = fields("tile", tile.stage(), tile.done());
                fields.put("tile", tile.tile().index());
                fields.put("read_seconds", tile.readSeconds());
                fields.put("compute_seconds", tile.computeSeconds());
                fields.put("write_seconds", tile.writeSeconds());
                print(fields);
            }
            case ProgressEvent.PictureDone picture ->
                print(Map.of("event", "picture", "output", picture.file().toString(), "seed", picture.seed()));
            case ProgressEvent.Noticed noticed -> print(Map.of("event", "noticed", "text", noticed.text()));
        }
    }

    @Override
    public void figures(String line, Map<String, Object> all) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", "done");
        fields.putAll(all);
        print(fields);
    }

    @Override
    public void close() {}

    private void line(String event, Stage stage, long done) {
        print(fields(event, stage, done));
    }

    private static Map<String, Object> fields(String event, Stage stage, long done) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("stage", stage.kind().name().toLowerCase(Locale.ROOT));
        fields.put("pass", stage.pass());
        fields.put("phase", stage.phase());
        fields.put("phase_name", stage.name());
        fields.put("done", done);
        fields.put("total", stage.total());
        return fields;
    }

    private void print(Map<String, Object> fields) {
        out.println(json.writeValueAsString(fields));
        out.flush();
    }
}
