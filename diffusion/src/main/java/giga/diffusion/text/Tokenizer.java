package giga.diffusion.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import giga.diffusion.ModelException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * CLIP's byte-pair tokenizer: text to ids, without start and end. Safe to use from several threads.
 *
 * <p>Ids are those of transformers' CLIPTokenizer, or of open_clip 2.20's tokenizer for {@link #openClip}; both know
 * the same vocabulary but clean text differently. Only text decoded with a wrong character set comes out differently:
 * it is not repaired.
 */
public final class Tokenizer {
    /** Longest text in characters (UTF-16 code units) that is read: far beyond any prompt. */
    public static final int MAX_CHARACTERS = 131_072;

    private final Vocabulary vocabulary;
    private final Dialect dialect;
    private final int padId;

    private Tokenizer(Vocabulary vocabulary, Dialect dialect, int padId) {
        this.vocabulary = vocabulary;
        this.dialect = dialect;
        this.padId = padId;
    }

    /** The tokenizer of SD1 and of SDXL's first text encoder; fills chunks with the end id. */
    public static Tokenizer clip() {
        return new Tokenizer(Embedded.CLIP, Dialect.HUGGING_FACE, Embedded.CLIP.endId());
    }

    /** The tokenizer of SD2 and of SDXL's second text encoder; fills chunks with id 0. */
    public static Tokenizer openClip() {
        return new Tokenizer(Embedded.CLIP, Dialect.OPEN_CLIP, 0);
    }

    /**
     * The tokenizer in a diffusers model's tokenizer folder (vocab.json and merges.txt), of any size.
     *
     * @throws ModelException when a file is missing, is not what its name says, or does not fit the others
     */
    public static Tokenizer open(Path folder) {
        VocabularyFolder files = new VocabularyFolder(folder);
        Vocabulary vocabulary = files.vocabulary();
        return new Tokenizer(vocabulary, Dialect.HUGGING_FACE, files.padId(vocabulary));
    }

    /**
     * The ids of a text.
     *
     * @throws ModelException when the text has more than {@link #MAX_CHARACTERS} characters
     */
    public int[] encode(String text) {
        requireLength(text);
        IntStream.Builder ids = IntStream.builder();
        switch (dialect) {
            case OPEN_CLIP -> encodeClean(TextCleaning.cleanUnescaping(text), ids);
            case HUGGING_FACE -> {
                // Special names are cut out before anything else, also where letters or signs touch them.
                Matcher special = Dialect.HUGGING_FACE.special.matcher(text);
                int position = 0;
                while (special.find()) {
                    encodeClean(TextCleaning.clean(text.substring(position, special.start())), ids);
                    ids.add(specialId(special.group()));
                    position = special.end();
                }
                encodeClean(TextCleaning.clean(text.substring(position)), ids);
            }
        }
        return ids.build().toArray();
    }

    /** Begins every chunk. */
    public int startId() {
        return vocabulary.startId();
    }

    /** Ends every chunk. */
    public int endId() {
        return vocabulary.endId();
    }

    /** Fills a chunk after its end. */
    public int padId() {
        return padId;
    }

    /** A comma at the end of a word, the place where long prompts are preferably cut. */
    public int commaId() {
        return vocabulary.commaId();
    }

    /** Highest id + 1: the least number of rows a text encoder's token embedding must have. */
    public int vocabularySize() {
        return vocabulary.size();
    }

    /** What the ids stand for. */
    public TokenTexts texts() {
        return new TokenTexts(vocabulary);
    }

    static void requireLength(String text) {
        if (text.length() > MAX_CHARACTERS)
            throw new ModelException("The prompt has %d characters, at most %d are read; shorten it"
                    .formatted(text.length(), MAX_CHARACTERS));
    }

    private void encodeClean(String text, IntStream.Builder ids) {
        Matcher pieces = dialect.piece.matcher(text);
        while (pieces.find()) {
            String piece = pieces.group();
            if (pieces.start(1) >= 0) ids.add(specialId(piece));
            else BytePairs.encode(piece.getBytes(UTF_8), vocabulary, ids::add);
        }
    }

    private int specialId(String name) {
        return name.equals(dialect.start) ? startId() : endId();
    }

    /** The two ways in which the trained models' texts were cut. */
    private enum Dialect {
        HUGGING_FACE(Vocabulary.START, Vocabulary.END),
        OPEN_CLIP("<start_of_text>", "<end_of_text>");

        private final String start;
        private final Pattern special;
        private final Pattern piece;

        Dialect(String start, String end) {
            this.start = start;
            String names = "(" + Pattern.quote(start) + "|" + Pattern.quote(end) + ")";
            special = Pattern.compile(names);
            piece = Pattern.compile(names + "|'s|'t|'re|'ve|'m|'ll|'d|\\p{L}++|\\p{N}|[^ \\p{L}\\p{N}]++");
        }
    }

    /** Loaded when it is first needed: models with a tokenizer folder never do. */
    private static final class Embedded {
        static final Vocabulary CLIP = ClipVocabulary.load();
    }
}
