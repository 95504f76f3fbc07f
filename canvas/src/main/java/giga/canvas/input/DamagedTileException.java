package giga.canvas.input;

/** Carries what a decoder found wrong out of the threads that share a picture's tiles. */
final class DamagedTileException extends RuntimeException {
    DamagedTileException(Throwable damage) {
        super(damage);
    }
}
