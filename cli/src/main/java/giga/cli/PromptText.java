package giga.cli;

import giga.diffusion.text.Chunk;
import giga.diffusion.text.LoraTag;
import giga.diffusion.text.PromptOutline;
import giga.diffusion.text.PromptOutline.Part;
import giga.diffusion.text.PromptOutline.Span;
import giga.diffusion.text.PromptOutline.Text;
import giga.diffusion.text.PromptOutline.Token;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A prompt's outline for a terminal. */
final class PromptText {
    private static final int COLUMNS = 96;
    private static final int MOST_SPANS = 6;
    private static final int MOST_TEXTS = 24;
    private static final int LONGEST_TEXT = 300;

    private final StringBuilder out = new StringBuilder();
    private final DecimalFormat number = new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));

    private PromptText() {}

    static String of(String title, PromptOutline outline) {
        PromptText text = new PromptText();
        text.write(title, outline);
        return text.out.toString();
    }

    private void write(String title, PromptOutline outline) {
        int parts = outline.parts().size();
        line(
                "",
                "%s: %s, %s"
                        .formatted(
                                title,
                                parts == 1 ? "1 part" : parts + " parts joined by AND",
                                Describe.count(outline.steps(), "step")));
        for (LoraTag lora : outline.loras())
            line(
                    "  ",
                    "LoRA %s: %s in the text encoder, %s in the UNet%s"
                            .formatted(
                                    lora.name(),
                                    number.format(lora.te()),
                                    number.format(lora.unet()),
                                    lora.rank().isPresent()
                                            ? ", rank " + lora.rank().getAsInt()
                                            : ""));
        for (int i = 0; i < parts; i++) {
            Part part = outline.parts().get(i);
            if (parts > 1 || part.weight() != 1)
                line("  ", "part %d, weight %s".formatted(i + 1, number.format(part.weight())));
            part.texts().stream().limit(MOST_TEXTS).forEach(this::write);
            if (part.texts().size() > MOST_TEXTS)
                line(
                        "  ",
                        "… and %d more texts; --json shows all"
                                .formatted(part.texts().size() - MOST_TEXTS));
        }
    }

    private void write(Text text) {
        String words =
                text.text().length() <= LONGEST_TEXT ? text.text() : text.text().substring(0, LONGEST_TEXT) + "…";
        line("    ", "%s: \"%s\"".formatted(steps(text.spans()), words));
        for (int i = 0; i < text.chunks().size(); i++) {
            List<Token> chunk = text.chunks().get(i);
            int rows =
                    chunk.stream().mapToInt(token -> token.vectors().orElse(1)).sum();
            line("      ", "chunk %d: %d of %d tokens".formatted(i + 1, rows, Chunk.CONTENT));
            tokens(chunk);
        }
    }

    private static String steps(List<Span> spans) {
        String shown = spans.stream()
                .limit(MOST_SPANS)
                .map(span -> span.from() == span.to() ? "" + span.from() : span.from() + "-" + span.to())
                .collect(Collectors.joining(", "));
        boolean one =
                spans.size() == 1 && spans.getFirst().from() == spans.getFirst().to();
        return (one ? "step " : "steps ") + shown + (spans.size() > MOST_SPANS ? ", …" : "");
    }

    /** A hyphen behind a token says that its word goes on. */
    private void tokens(List<Token> tokens) {
        StringBuilder line = new StringBuilder();
        for (Token token : tokens) {
            String weight = token.weight() == 1 ? "" : " x" + number.format(token.weight());
            String shown = token.vectors().isPresent()
                    ? "[%s: %s%s]"
                            .formatted(
                                    token.text(), Describe.count(token.vectors().get(), "vector"), weight)
                    : "[%s%s %d%s]".formatted(token.text(), token.endsWord() ? "" : "-", token.id(), weight);
            if (!line.isEmpty() && line.length() + shown.length() >= COLUMNS) {
                line("        ", line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(shown);
        }
        if (!line.isEmpty()) line("        ", line.toString());
    }

    /** What a prompt holds must not steer the terminal. */
    private void line(String indent, String text) {
        out.append(indent)
                .append(text.replace("\n", "\\n").replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}&&[^\u200D]]", "?"))
                .append(System.lineSeparator());
    }
}
