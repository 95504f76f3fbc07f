package giga.diffusion.text;

import giga.diffusion.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a prompt into chunks as A1111 does: each piece is tokenised on its own; a full chunk is cut after its last comma
 * when that lies at most {@link #BACKTRACK} tokens back; BREAK ends a chunk.
 */
public final class PromptChunks {
    /** A1111's default. */
    public static final int BACKTRACK = 20;

    /** More would need gigabytes for the attention alone. */
    public static final int MAX_CHUNKS = 64;

    private static final int NO_COMMA = -1;

    private final Tokenizer tokenizer;
    private final int backtrack;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int[] tokens = new int[Chunk.CONTENT];
    private final float[] weights = new float[Chunk.CONTENT];
    private int length;
    private int lastComma = NO_COMMA;

    private PromptChunks(Tokenizer tokenizer, int backtrack) {
        this.tokenizer = tokenizer;
        this.backtrack = backtrack;
    }

    /**
     * The chunks of a prompt, at least one.
     *
     * @throws ModelException when there are more than {@link #MAX_CHUNKS}
     */
    public static List<Chunk> of(Prompt prompt, Tokenizer tokenizer) {
        return of(prompt, tokenizer, BACKTRACK);
    }

    /** @param backtrack how many tokens back a comma may lie for the cut to move there; 0 cuts anywhere */
    public static List<Chunk> of(Prompt prompt, Tokenizer tokenizer, int backtrack) {
        PromptChunks chunker = new PromptChunks(tokenizer, backtrack);
        for (WeightedText piece : prompt.pieces()) {
            if (piece.isBreak()) chunker.flush(chunker.length);
            else for (int token : tokenizer.encode(piece.text())) chunker.add(token, (float) piece.weight());
        }
        if (chunker.length > 0 || chunker.chunks.isEmpty()) chunker.flush(chunker.length);
        return List.copyOf(chunker.chunks);
    }

    /** What fills up the shorter of two prompts, so that both have the same number of chunks. */
    public static Chunk emptyChunk(Tokenizer tokenizer) {
        return chunk(tokenizer, new int[0], new float[0]);
    }

    private void add(int token, float weight) {
        boolean full = length == Chunk.CONTENT;
        if (token == tokenizer.commaId()) lastComma = length;
        else if (full && backtrack > 0 && lastComma != NO_COMMA && length - lastComma <= backtrack)
            flush(lastComma + 1);
        if (length == Chunk.CONTENT) flush(length);
        tokens[length] = token;
        weights[length++] = weight;
    }

    /** Makes a chunk of the first {@code count} tokens; the rest begins the next one. */
    private void flush(int count) {
        if (chunks.size() == MAX_CHUNKS)
            throw new ModelException("The prompt needs more than %d chunks of %d tokens; shorten it"
                    .formatted(MAX_CHUNKS, Chunk.CONTENT));
        chunks.add(chunk(tokenizer, Arrays.copyOf(tokens, count), Arrays.copyOf(weights, count)));
        length -= count;
        System.arraycopy(tokens, count, tokens, 0, length);
        System.arraycopy(weights, count, weights, 0, length);
        lastComma = NO_COMMA;
    }

    private static Chunk chunk(Tokenizer tokenizer, int[] tokens, float[] emphasis) {
        int[] ids = new int[Chunk.LENGTH];
        float[] weights = new float[Chunk.LENGTH];
        Arrays.fill(ids, tokenizer.endId());
        Arrays.fill(weights, 1);
        ids[0] = tokenizer.startId();
        System.arraycopy(tokens, 0, ids, 1, tokens.length);
        System.arraycopy(emphasis, 0, weights, 1, tokens.length);
        padAfterEnd(ids, tokenizer);
        return new Chunk(ids, weights);
    }

    /** Also when the end stands in the prompt itself: what follows it is gone for encoders with a pad id of their own. */
    private static void padAfterEnd(int[] ids, Tokenizer tokenizer) {
        if (tokenizer.padId() == tokenizer.endId()) return;
        int end = 0;
        while (ids[end] != tokenizer.endId()) end++;
        Arrays.fill(ids, end + 1, ids.length, tokenizer.padId());
    }
}
