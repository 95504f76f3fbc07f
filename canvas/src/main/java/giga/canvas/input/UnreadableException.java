package giga.canvas.input;

import java.io.IOException;

/** Why a file cannot be read and what to do, both without its name, which {@link PictureFile} puts in front. */
final class UnreadableException extends IOException {
    UnreadableException(String reason, String advice) {
        super(reason + ". " + advice);
    }
}
