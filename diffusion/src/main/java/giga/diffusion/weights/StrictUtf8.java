package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Refuses bytes that are not UTF-8: Jackson lets some of them pass. */
final class StrictUtf8 {
    private StrictUtf8() {}

    static void check(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer scratch = CharBuffer.allocate(8192);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            scratch.clear();
            result = decoder.decode(in, scratch, true);
        }
        if (result.isError()) {
            throw new ModelException("its header is not UTF-8 (byte %,d)".formatted(in.position()));
        }
    }
}
