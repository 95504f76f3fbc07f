package giga.redraw.inspect.report;

import giga.canvas.Pixels;
import giga.redraw.Phase;
import giga.redraw.inspect.Comparison;
import giga.redraw.inspect.Inspection;
import giga.redraw.inspect.SeamScore;
import giga.redraw.inspect.Texture;
import giga.redraw.inspect.ToneDrift;
import giga.redraw.inspect.map.PictureMaps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * An examination as one page of HTML that needs nothing else: pictures are inside, nothing is fetched, nothing runs. The
 * same examination gives the same bytes. Whatever a job or a file's name says is shown as text.
 */
final class Report {
    private static final int MOST_SEAMS = 6;
    private static final int MOST_DRIFTS = 4;
    private static final double VISIBLE_DRIFT = 1;
    private static final int MOST_DIFFERENCES = 4;

    private final StringBuilder page = new StringBuilder(1 << 20);
    private final Examination examination;

    private Report(Examination examination) {
        this.examination = examination;
    }

    static String of(Examination examination) {
        return new Report(examination).page();
    }

    private String page() {
        String name = Html.text(examination.name());
        page.append("""
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
                <title>%s, inspected</title>
                <style>
                %s</style></head><body><main>
                """.formatted(name, style()));
        Subject subject = examination.subject();
        title(name, subject);
        switch (subject) {
            case Subject.Redrawn redrawn -> redrawn(redrawn);
            case Subject.Alone alone -> alone(alone);
        }
        examination.against().ifPresent(against -> against(subject, against));
        page.append("<footer>Made by <code>giga inspect</code>. Every measure is explained beside its figure.</footer>"
                + "</main></body></html>\n");
        return page.toString();
    }

    private void title(String name, Subject subject) {
        int width = subject.picture().width();
        int height = subject.picture().height();
        page.append("<h1>%s</h1>%n".formatted(name));
        paragraph(
                "quiet",
                "%s, %s megapixels".formatted(Recipe.size(width, height), number(3, (double) width * height / 1e6)));
        Pixels reduced = subject.maps().reduced();
        boolean smaller = reduced.width() < width;
        figure(
                reduced,
                "shown",
                "The whole picture" + (smaller ? ", reduced to " + reduced.width() + " pixels across." : "."));
    }

    private void alone(Subject.Alone alone) {
        heading("What was measured", "A picture without a job: nothing is known of how it was made.");
        page.append("<div class=\"measures\">\n");
        alone.measures()
                .detail()
                .ifPresent(
                        power -> measure(
                                "Detail",
                                number(2, power) + " <small>squared levels</small>",
                                "Power of the finest structures, from two to four pixels. More is sharper, or noisier: compare it with a picture of the same subject and size."));
        texture(alone.texture());
        page.append("</div>\n");
    }

    private void redrawn(Subject.Redrawn redrawn) {
        heading("How it was made", "");
        page.append("<dl>\n");
        new Recipe(redrawn.request(), redrawn.plan())
                .words()
                .forEach((what, words) -> page.append("<dt>%s</dt><dd>%s</dd>%n".formatted(what, Html.text(words))));
        redrawn.forecast().text().ifPresent(text -> page.append("<dt>Forecast</dt><dd>%s</dd>%n".formatted(text)));
        page.append("</dl>\n");
        measures(redrawn);
        seams(redrawn);
        tiles(redrawn);
        drift(redrawn);
    }

    private void measures(Subject.Redrawn redrawn) {
        Inspection found = redrawn.measures();
        heading("What was measured", "Each figure with what is good about it.");
        page.append("<div class=\"measures\">\n");
        measure(
                "Seams",
                number(3, found.seams().mean()),
                "How much stronger the step across the borders of tiles is than the steps beside it, on average. 1.00 cannot be seen. Inside the tiles the same measure gives %s: only what the borders have beyond that is a seam."
                        .formatted(number(3, found.control().mean())));
        measure(
                "Seams, worst hundredth",
                number(3, found.seams().percentile99()),
                "99 of 100 pieces of border stay below this; inside the tiles it is %s. Contours of the picture that happen to lie on a border raise it too."
                        .formatted(number(3, found.control().percentile99())));
        measure(
                "Coverage",
                number(2, 100 * found.coverage().share()) + " <small>%</small>",
                found.coverage().isPartition()
                        ? "Every pixel belongs to exactly one tile, as it should."
                        : "Not every pixel belongs to exactly one tile: it should be 100 %, each pixel once.");
        measure(
                "Fidelity",
                number(2, found.fidelity().psnr()) + " <small>dB</small>",
                "The result, reduced to the source's size, against the source. Above about 30 dB the picture is the same at a glance; new detail lowers it.");
        measure(
                "Detail",
                number(2, found.detail().ratio()) + " <small>\u00d7 Lanczos</small>",
                "Power of the finest structures against a plain enlargement, which is 1. More is sharper; far more may be noise.");
        measure(
                "Tone drift",
                number(2, found.drift().mean()) + " <small>levels</small>",
                "How far regions became lighter or darker than the source, on average. Below 1 of 255 levels nobody sees it.");
        texture(found.texture());
        measure(
                "Work",
                number(1, redrawn.unetCallsPerMegapixel()) + " <small>calls</small>",
                "Single pictures that the UNet saw for each megapixel of the result; it is where the time goes.");
        page.append("</div>\n");
    }

    private void texture(Texture texture) {
        texture.glcmScore()
                .ifPresent(
                        score -> measure(
                                "Texture, GLCM score",
                                number(3, score) + " <small>bits</small>",
                                "How varied the neighbourhoods of grey levels are. It should be that of a real painting of this size, not as high as possible."));
        measure(
                "Texture, JPEG ratio",
                number(2, texture.jpegRatio()),
                "How far a JPEG of fixed quality shrinks the picture. Less is richer, and noise makes it least: compare it with a real painting too.");
    }

    private void seams(Subject.Redrawn redrawn) {
        SeamScore seams = redrawn.measures().seams();
        heading(
                "Seams",
                seams.segments() == 0
                        ? "There is one tile only, so there are no borders."
                        : "%d pieces of border of about 64 pixels. Blue cannot be seen; red stands out four times or more."
                                .formatted(seams.segments()));
        figure(redrawn.seams(), "whole", "Every piece of border in the colour of its score.");
        if (seams.worst().isEmpty()) return;
        Crops crops = new Crops(redrawn.picture(), redrawn.source(), "result", "source");
        page.append("<div class=\"pairs\">\n");
        for (SeamScore.Segment worst : Crops.apart(seams.worst(), SeamScore.Segment::line, MOST_SEAMS))
            page.append(crops.aroundLine(
                    worst.line(),
                    "score %s at %d, %d"
                            .formatted(
                                    number(2, worst.score()),
                                    worst.line().x(),
                                    worst.line().y())));
        page.append("</div>\n");
        paragraph(
                "quiet",
                "The highest scores, pixel by pixel; ticks at the rim show where the border runs. Where the source has a contour there too, it is no seam.");
    }

    private void tiles(Subject.Redrawn redrawn) {
        List<Phase> phases = redrawn.plan().passes().getLast().phases();
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < phases.size(); i++)
            key.append(
                    "<span class=\"phase\"><span class=\"key\" style=\"background:%s\"></span>%d: %s, %d tiles</span>"
                            .formatted(
                                    PictureMaps.phase(i).css(),
                                    i + 1,
                                    Html.text(phases.get(i).name()),
                                    phases.get(i).tiles().size()));
        heading(
                "Tiles",
                "What each tile of the last pass is responsible for. Tiles of one colour are drawn from the same state of the picture.");
        figure(redrawn.tiles(), "whole", key.toString());
    }

    private void drift(Subject.Redrawn redrawn) {
        ToneDrift drift = redrawn.measures().drift();
        heading(
                "Tone drift",
                "Mean level of each region of the result less that of the source. Orange became lighter, blue darker.");
        figure(redrawn.maps().drift(drift), "whole", "The legend is in levels of 255.");
        page.append(
                "<table><tr><th>place (width x height + x + y)</th><th>grey</th><th>red</th><th>green</th><th>blue</th></tr>\n");
        page.append("<tr><td>all regions, mean distance</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                .formatted(
                        number(2, drift.mean()),
                        number(2, drift.meanRed()),
                        number(2, drift.meanGreen()),
                        number(2, drift.meanBlue())));
        for (ToneDrift.Drift worst : drift.worst())
            page.append("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                    .formatted(
                            worst.where(),
                            signed(worst.grey()),
                            signed(worst.red()),
                            signed(worst.green()),
                            signed(worst.blue())));
        page.append("</table>\n");
        List<ToneDrift.Drift> visible = drift.worst().stream()
                .filter(worst -> worst.most() >= VISIBLE_DRIFT)
                .toList();
        if (visible.isEmpty()) paragraph("quiet", "No region moved by a whole level: there is nothing to see.");
        page.append("<div class=\"pairs\">\n");
        Crops crops = new Crops(redrawn.picture(), redrawn.source(), "result", "source");
        for (ToneDrift.Drift worst : Crops.apart(visible, ToneDrift.Drift::where, MOST_DRIFTS))
            page.append(crops.around(
                    worst.where(),
                    "%s levels in the region %s, its middle".formatted(signed(worst.grey()), worst.where())));
        page.append("</div>\n");
    }

    private void against(Subject subject, Examination.Against against) {
        Comparison comparison = against.likeness().comparison();
        String name = Html.text(against.likeness().name());
        heading("Against " + name, "Both pictures pixel by pixel.");
        page.append("<div class=\"measures\">\n");
        measure(
                "PSNR",
                number(2, comparison.psnr()) + " <small>dB</small>",
                "Peak signal to noise: above 40 dB hardly anybody sees a difference. Texture that differs only in its grain counts as error here.");
        comparison
                .ssim()
                .ifPresent(ssim -> measure(
                        "SSIM", number(4, ssim), "Structural similarity of brightness: 1 is the same picture."));
        page.append("</div>\n<table><tr><th>texture</th><th>GLCM score</th><th>JPEG ratio</th></tr>\n");
        textureRow(Html.text(examination.name()), subject.texture());
        textureRow(name, against.likeness().texture());
        page.append("</table>\n");
        figure(
                subject.maps().differences(comparison),
                "whole",
                "Mean difference of each place; the legend is in levels of 255.");
        List<Comparison.Difference> worst = comparison.differences().stream()
                .sorted(Comparator.comparingDouble(Comparison.Difference::levels)
                        .reversed())
                .limit(1000)
                .filter(difference -> difference.levels() > 0)
                .toList();
        Crops crops = new Crops(subject.picture(), against.picture(), "this", "the other");
        page.append("<div class=\"pairs\">\n");
        for (Comparison.Difference each : Crops.apart(worst, Comparison.Difference::where, MOST_DIFFERENCES))
            page.append(crops.around(
                    each.where(),
                    "%s levels apart at %d, %d"
                            .formatted(
                                    number(2, each.levels()),
                                    each.where().x(),
                                    each.where().y())));
        page.append("</div>\n");
    }

    private void textureRow(String name, Texture texture) {
        page.append("<tr><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                .formatted(
                        name,
                        texture.glcmScore().isEmpty()
                                ? "\u2013"
                                : number(3, texture.glcmScore().getAsDouble()),
                        number(2, texture.jpegRatio())));
    }

    private void heading(String title, String below) {
        page.append("<h2>%s</h2>%n".formatted(title));
        if (!below.isEmpty()) paragraph("quiet", below);
    }

    private void paragraph(String cssClass, String text) {
        page.append("<p class=\"%s\">%s</p>%n".formatted(cssClass, text));
    }

    private void figure(Pixels pixels, String cssClass, String caption) {
        page.append("<figure>%s<figcaption>%s</figcaption></figure>%n"
                .formatted(Html.image(pixels, cssClass, ""), caption));
    }

    private void measure(String name, String value, String meaning) {
        page.append("<div class=\"measure\"><h3>%s</h3><div class=\"value\">%s</div><p>%s</p></div>%n"
                .formatted(name, value, meaning));
    }

    private static String number(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String signed(double value) {
        return Math.abs(value) < 0.005 ? "0.00" : String.format(Locale.ROOT, "%+.2f", value);
    }

    private static String style() {
        try (InputStream in = Report.class.getResourceAsStream("style.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
