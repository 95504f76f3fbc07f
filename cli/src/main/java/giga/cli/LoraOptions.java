package giga.cli;

import giga.diffusion.text.LoraTag;
import giga.diffusion.text.Prompt;
import giga.diffusion.weights.ModelLibrary;
import giga.diffusion.weights.Shelf;
import giga.redraw.Diffusion;
import giga.redraw.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** LoRAs by option, beside those that the prompt names. */
final class LoraOptions {
    private static final String NUMBER = "([-+]?(?:\\d+\\.?\\d*|\\.\\d+))";
    private static final Pattern LORA =
            Pattern.compile("(.+?)(?::" + NUMBER + "(?::" + NUMBER + ")?)?(?:@(\\d{1,2}))?");

    @Option(
            names = "--lora",
            paramLabel = "NAME[:WEIGHT[:UNET]][@PASS]",
            description = "A LoRA by name or path, merged before the first step; may be given several times."
                    + " UNET is its weight in the UNet where it differs from that in the text encoder, @2 uses it in pass 2"
                    + " only. The prompt may name it too: <lora:NAME:0.35>.")
    private List<String> loras = List.of();

    @Option(
            names = "--lora-weight",
            paramLabel = "WEIGHT",
            description = "Of every --lora that is given without one. [1]")
    private double usualWeight = 1;

    List<Diffusion.Lora> loras(String prompt, ModelLibrary library) {
        List<Diffusion.Lora> all = new ArrayList<>();
        for (LoraTag tag : Prompt.parse(prompt).loras())
            all.add(new Diffusion.Lora(
                    file(tag.name(), library), tag.te(), tag.unet(), tag.rank().orElse(0), 0));
        for (String lora : loras) all.add(parsed(lora, library));
        return all;
    }

    private Diffusion.Lora parsed(String text, ModelLibrary library) {
        Matcher parts = LORA.matcher(text.strip());
        if (!parts.matches()) throw new JobException("LoRA '" + text + "': give NAME:WEIGHT, for example detail:0.35");
        double weight = parts.group(2) == null ? usualWeight : Double.parseDouble(parts.group(2));
        double unet = parts.group(3) == null ? weight : Double.parseDouble(parts.group(3));
        int pass = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
        return new Diffusion.Lora(file(parts.group(1), library), weight, unet, 0, pass);
    }

    private static String file(String name, ModelLibrary library) {
        return library.find(Shelf.LORA, name).toString();
    }
}
