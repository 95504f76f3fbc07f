package giga.canvas.dezoom;

import giga.canvas.PictureException;

/** The disk refuses: no further tile will fare better. */
final class StoreException extends PictureException {
    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
