package giga.diffusion.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** CLIP's own tokenizer as a diffusers model keeps it. */
public final class TokenizerFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 77;
    /** Id 0, with which OpenCLIP fills a chunk after its end. */
    private static final String OPEN_CLIP_PADDING = "!";

    private TokenizerFiles() {}

    /**
     * Writes vocab.json, merges.txt, special_tokens_map.json and tokenizer_config.json.
     *
     * @param openClip for which encoders, since they differ in what fills a chunk after its end
     */
    public static void write(Path folder, boolean openClip) throws IOException {
        List<String> merges = ClipVocabulary.merges();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("vocab.json"), JSON.writeValueAsString(ClipVocabulary.ids(merges)));
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", merges) + "\n");
        Map<String, Object> special = new LinkedHashMap<>();
        special.put("bos_token", Vocabulary.START);
        special.put("eos_token", Vocabulary.END);
        special.put("unk_token", Vocabulary.END);
        special.put("pad_token", openClip ? OPEN_CLIP_PADDING : Vocabulary.END);
        Files.writeString(folder.resolve("special_tokens_map.json"), JSON.writeValueAsString(special));
        Map<String, Object> config = new LinkedHashMap<>(special);
        config.put("tokenizer_class", "CLIPTokenizer");
        config.put("model_max_length", LONGEST);
        config.put("do_lower_case", true);
        config.put("add_prefix_space", false);
        config.put("errors", "replace");
        Files.writeString(folder.resolve("tokenizer_config.json"), JSON.writeValueAsString(config));
    }
}
