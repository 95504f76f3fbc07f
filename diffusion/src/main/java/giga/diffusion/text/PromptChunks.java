package giga.diffusion.text;

import giga.diffusion.ModelException;
import giga.diffusion.text.Chunk.Insert;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a prompt into chunks as A1111 does: each piece is tokenised on its own; a full chunk is cut after its last comma
 * when that lies at most {@link #BACKTRACK} tokens back; BREAK ends a chunk; a textual inversion is never divided.
 */
public final class PromptChunks {
    /** A1111's default. */
    public static final int BACKTRACK = 20;

    /** More would need gigabytes for the attention alone. */
    public static final int MAX_CHUNKS = 64;

    private static final int NO_COMMA = -1;

    private final Tokenizer tokenizer;
    private final EmbeddingNames embeddings;
    private final int backtrack;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int[] tokens = new int[Chunk.CONTENT];
    private final float[] weights = new float[Chunk.CONTENT];
    private final List<Insert> inserts = new ArrayList<>();
    private int length;
    private int lastComma = NO_COMMA;

    private PromptChunks(Tokenizer tokenizer, EmbeddingNames embeddings, int backtrack) {
        this.tokenizer = tokenizer;
        this.embeddings = embeddings;
        this.backtrack = backtrack;
    }

    /**
     * The chunks of a text, at least one.
     *
     * @param pieces the text with its emphasis, from {@link Emphasis#pieces}
     * @throws ModelException when there are more than {@link #MAX_CHUNKS}
     */
    public static List<Chunk> of(List<WeightedText> pieces, Tokenizer tokenizer, EmbeddingNames embeddings) {
        return of(pieces, tokenizer, embeddings, BACKTRACK);
    }

    /** @param backtrack how many tokens back a comma may lie for the cut to move there; 0 cuts anywhere */
    static List<Chunk> of(List<WeightedText> pieces, Tokenizer tokenizer, EmbeddingNames embeddings, int backtrack) {
        PromptChunks chunker = new PromptChunks(tokenizer, embeddings, backtrack);
        for (WeightedText piece : pieces) {
            if (piece.isBreak()) chunker.flush(chunker.length);
            else chunker.add(tokenizer.encode(piece.text()), (float) piece.weight());
        }
        if (chunker.length > 0 || chunker.chunks.isEmpty()) chunker.flush(chunker.length);
        return List.copyOf(chunker.chunks);
    }

    /** What fills up the shorter of two prompts, so that both have the same number of chunks. */
    public static Chunk emptyChunk(Tokenizer tokenizer) {
        return chunk(tokenizer, new int[0], new float[0], List.of());
    }

    private void add(int[] piece, float weight) {
        int position = 0;
        while (position < piece.length) {
            makeRoom(piece[position]);
            Optional<EmbeddingNames.Match> embedding = embeddings.at(piece, position);
            if (embedding.isEmpty()) add(piece[position++], weight);
            else {
                insert(embedding.get(), weight);
                position += embedding.get().tokens();
            }
        }
    }

    /** Ends the chunk when the next token, the first of a name too, does not fit into it. */
    private void makeRoom(int next) {
        boolean full = length == Chunk.CONTENT;
        if (next == tokenizer.commaId()) lastComma = length;
        else if (full && backtrack > 0 && lastComma != NO_COMMA && length - lastComma <= backtrack)
            flush(lastComma + 1);
        if (length == Chunk.CONTENT) flush(length);
    }

    private void add(int token, float weight) {
        tokens[length] = token;
        weights[length++] = weight;
    }

    private void insert(EmbeddingNames.Match embedding, float weight) {
        int vectors = embedding.vectors().length;
        if (vectors > Chunk.CONTENT)
            throw new ModelException("The textual inversion %s has %d vectors, and a prompt's chunk holds %d; remove it"
                    .formatted(embedding.name(), vectors, Chunk.CONTENT));
        if (length + vectors > Chunk.CONTENT) flush(length);
        inserts.add(new Insert(length + 1, embedding.name(), embedding.vectors()));
        for (int i = 0; i < vectors; i++) add(0, weight);
    }

    /**
     * Makes a chunk of the first {@code count} tokens; the rest begins the next one. Inserts stay in the chunk in which
     * they were put, even when their zeros move on: A1111's pictures are made so.
     */
    private void flush(int count) {
        if (chunks.size() == MAX_CHUNKS)
            throw new ModelException("The prompt needs more than %d chunks of %d tokens; shorten it"
                    .formatted(MAX_CHUNKS, Chunk.CONTENT));
        chunks.add(chunk(tokenizer, Arrays.copyOf(tokens, count), Arrays.copyOf(weights, count), inserts));
        inserts.clear();
        length -= count;
        System.arraycopy(tokens, count, tokens, 0, length);
        System.arraycopy(weights, count, weights, 0, length);
        lastComma = NO_COMMA;
    }

    private static Chunk chunk(Tokenizer tokenizer, int[] tokens, float[] emphasis, List<Insert> inserts) {
        int[] ids = new int[Chunk.LENGTH];
        float[] weights = new float[Chunk.LENGTH];
        Arrays.fill(ids, tokenizer.endId());
        Arrays.fill(weights, 1);
        ids[0] = tokenizer.startId();
        System.arraycopy(tokens, 0, ids, 1, tokens.length);
        System.arraycopy(emphasis, 0, weights, 1, tokens.length);
        padAfterEnd(ids, tokenizer);
        return new Chunk(ids, weights, inserts);
    }

    /** Also when the end stands in the prompt itself: what follows it is gone for encoders with a pad id of their own. */
    private static void padAfterEnd(int[] ids, Tokenizer tokenizer) {
        if (tokenizer.padId() == tokenizer.endId()) return;
        int end = 0;
        while (ids[end] != tokenizer.endId()) end++;
        Arrays.fill(ids, end + 1, ids.length, tokenizer.padId());
    }
}
