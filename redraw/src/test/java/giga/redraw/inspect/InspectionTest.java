package giga.redraw.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Picture;
import giga.canvas.Region;
import giga.canvas.resample.Filter;
import giga.canvas.resample.Resample;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InspectionTest {
    @Test
    void aPlainEnlargementIsFaithfulWithoutSeamsOrDetail() {
        Picture source = ComputedPicture.noise(160, 120, 50);
        Picture result = Resample.resized(source, 640, 480, Filter.LANCZOS);
        List<Region> cores = List.of(new Region(0, 0, 320, 480), new Region(320, 0, 320, 480));
        Inspection inspection = Inspection.of(result, source, cores, rows -> {});
        assertThat(inspection.coverage().isPartition()).isTrue();
        assertThat(inspection.seams().mean()).isBetween(0.8, 1.2);
        assertThat(inspection.fidelity().psnr()).isGreaterThan(20);
        assertThat(inspection.detail().ratio()).isEqualTo(1);
        assertThat(inspection.text())
                .startsWith("coverage 100.0000 % of 307200 pixels\nseams ")
                .hasLineCount(4);
        assertThat(inspection.figures().values()).allMatch(figure -> Double.isFinite(figure.doubleValue()));
        assertThat(JsonMapper.shared().writeValueAsString(inspection))
                .startsWith("{\"coverage\":{\"pixels\":307200,\"covered\":307200,")
                .contains("\"worst\":[{\"where\":{\"x\":");
    }
}
