package giga.canvas.dezoom;

import giga.canvas.PictureException;

/** What was asked for will not be given. */
public final class RefusedException extends PictureException {
    private static final int NOT_FOUND = 404;

    private final int status;

    private RefusedException(String sentence, int status) {
        super(sentence);
        this.status = status;
    }

    static RefusedException byServer(String address, int status) {
        return new RefusedException("%s: the server answers %d%s".formatted(address, status, meaning(status)), status);
    }

    static RefusedException noFile(String address) {
        return new RefusedException(address + ": there is no such file. Check the path and the spelling.", NOT_FOUND);
    }

    /** Whether asking again may help. */
    boolean mayPass() {
        return status == 408 || status == 425 || status == 429 || status >= 500 && status != 501;
    }

    /** Whether another way to ask for the same may help. */
    boolean isOfTheAddress() {
        return status == 400 || status == 404 || status == 501;
    }

    private static String meaning(int status) {
        return switch (status) {
            case 401, 403 ->
                " (forbidden). It may want a header that a browser sends: give -H \"Referer: ...\" or -H \"Cookie: ...\".";
            case 404, 410 -> " (there is nothing). Check the address.";
            case 429 -> " (too many requests). Give --rate 2 --parallel 1, or try again later.";
            default -> ". Try again later.";
        };
    }
}
