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
        Inspection inspection = Inspection.of(result, source, cores);
        assertThat(inspection.coverage().isPartition()).isTrue();
        assertThat(inspection.seams().mean()).isBetween(0.8, 1.2);
        assertThat(inspection.fidelity().psnr()).isGreaterThan(20);
        assertThat(inspection.detail().ratio()).isEqualTo(1);
        assertThat(inspection.text())
                .startsWith("coverage 100.0000 % of 307200 pixels\nseams ")
                .hasLineCount(7);
        assertThat(inspection.drift().worst().getFirst().most()).isLessThan(0.5);
        assertThat(inspection.figures().values())
                .allMatch(figure -> !(figure instanceof Number number) || Double.isFinite(number.doubleValue()));
        assertThat(JsonMapper.shared().writeValueAsString(inspection.figures()))
                .startsWith("{\"coverage\":1.0,")
                .contains("\"seam_worst\":[{\"x\":3")
                .contains("\"tone_drift_worst\":[{\"x\":", "\"glcm_score\":");
    }
}
