package giga.redraw.inspect.report;

import static org.assertj.core.api.Assertions.assertThat;

import giga.canvas.Pixels;
import giga.redraw.Planner;
import giga.redraw.Request;
import giga.redraw.Result;
import giga.redraw.TestRequests;
import giga.redraw.forecast.Forecast;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String HOSTILE = "</dd><script>alert(1)</script><img src=https://example.org/x onerror='x'>";

    @Test
    void aHostilePromptAndNameAreOnlyText() {
        String page = examination(HOSTILE, 90).html();
        assertThat(page)
                .doesNotContain("<script", "<img src=http")
                .contains("&lt;/dd&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void nothingIsFetched() {
        String page = examination("a cup", 90).html();
        assertThat(page).contains("default-src 'none'");
        Matcher sources = Pattern.compile("(?:src|href)=\"([^\"]{0,30})").matcher(page);
        int pictures = 0;
        while (sources.find()) {
            assertThat(sources.group(1)).startsWith("data:image/jpeg;base64,");
            pictures++;
        }
        assertThat(pictures).isGreaterThanOrEqualTo(6);
        assertThat(page).doesNotContain("url(", "@import");
    }

    @Test
    void everyTagThatOpensCloses() {
        String page = examination(HOSTILE, 98).html();
        for (String tag :
                new String[] {"main", "div", "figure", "figcaption", "dl", "dd", "table", "tr", "td", "p", "h2"})
            assertThat(count(page, "<" + tag + "[ >]")).as(tag).isEqualTo(count(page, "</" + tag + ">"));
    }

    @Test
    void theWorstSeamIsShown() {
        // The upper of the two borders between columns, at x = 256, has a step of 8 levels.
        assertThat(examination("a cup", 98).html()).contains("score 25.00 at 255, ");
        assertThat(examination("a cup", 90).html()).doesNotContain("score 25.00");
    }

    @Test
    void theSameExaminationGivesTheSamePage() {
        assertThat(examination("a cup", 98).html())
                .isEqualTo(examination("a cup", 98).html());
    }

    @Test
    void aPictureAloneHasItsPageToo() {
        Pixels picture = grey(300, 200, 77);
        Examination alone = new Examination(
                "a<b.png",
                Subject.Alone.of(picture),
                Optional.of(Examination.Against.of(picture, grey(300, 200, 80), "other.png")));
        assertThat(alone.html()).contains("a&lt;b.png", "Against other.png", "38.59", "3.00 levels apart");
        assertThat(alone.text()).isEqualTo("""
                        size 300x200
                        detail 0.00 squared levels in the top octave
                        texture GLCM score 0.003, JPEG ratio %.2f
                        against other.png: PSNR 38.59 dB, SSIM 0.9993; its texture GLCM score 0.003, JPEG ratio %.2f""".formatted(
                        alone.subject().texture().jpegRatio(),
                        alone.against().orElseThrow().likeness().texture().jpegRatio()));
        assertThat(alone.figures()).containsKeys("width", "detail_power", "glcm_score", "against");
    }

    /** A redraw of 512x256 in two tiles, of one level to the left of the border and another to the right. */
    private static Examination examination(String prompt, int right) {
        Request request = new Request(
                "/pictures/<in>.png",
                "/out.png",
                Result.PLAIN,
                1,
                TestRequests.pass(
                        TestRequests.diffusion("/model.safetensors", prompt),
                        new Request.Tiling(256, 64, 0, Request.Order.CHESS, 16, 1),
                        Request.Seams.NONE,
                        2,
                        true));
        Pixels result = grey(512, 256, 90);
        for (int y = 0; y < 256; y++)
            for (int x = 256; x < 512; x++)
                for (int c = 0; c < 3; c++) result.rgb()[3 * (y * 512 + x) + c] = (byte) right;
        return new Examination(
                prompt,
                Subject.Redrawn.of(request, Planner.plan(request, 256, 128), Forecast.NONE, grey(256, 128, 90), result),
                Optional.empty());
    }

    private static Pixels grey(int width, int height, int level) {
        Pixels pixels = new Pixels(width, height);
        Arrays.fill(pixels.rgb(), (byte) level);
        return pixels;
    }

    private static long count(String page, String regex) {
        return Pattern.compile(regex).matcher(page).results().count();
    }
}
