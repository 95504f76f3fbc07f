package giga.diffusion.weights;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Files that people save under a model's name by mistake, known by their first bytes. */
final class OtherFormat {
    private static final int LOOKED_AT = 512;
    /** Of UTF-8, read byte by byte. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private OtherFormat() {}

    /** @throws ModelException naming the format, where the file is of a known other one */
    static void refuse(MemorySegment file) {
        byte[] bytes = file.asSlice(0, Math.min(LOOKED_AT, file.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        if (bytes.length > 8 && bytes[8] == '{' && bytes[7] == 0) {
            return; // a header's length may look like another format's mark
        }
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        String text = start.replaceFirst("^" + BYTE_ORDER_MARK, "").stripLeading();
        if (text.startsWith("<")) {
            throw new ModelException("it is a web page, not a model: the download gave a page instead of the file"
                    + " (a login or an error); download it again");
        }
        if (text.startsWith("version https://git-lfs")) {
            throw new ModelException("it is a Git LFS pointer, not the model itself; run git lfs pull");
        }
        if (start.startsWith("GGUF")) {
            throw new ModelException("it is a GGUF file; use the .safetensors edition of this model");
        }
        if (text.startsWith("{\"")) {
            throw new ModelException(
                    "it is JSON text, not a model (perhaps a server's error message); download it again");
        }
    }
}
