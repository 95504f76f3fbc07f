package giga.canvas.dezoom;

import giga.canvas.PictureException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How servers are treated.
 *
 * @param parallel requests to one host at a time
 * @param perSecond requests to one host, at most
 * @param retries after a failure that may pass
 * @param pause before the first of them; each further one waits twice as long
 * @param timeout for one request and all of its answer
 * @param headers sent along
 * @param publicOnly whether addresses of this machine and of private networks are refused
 */
public record Manners(
        int parallel,
        double perSecond,
        int retries,
        Duration pause,
        Duration timeout,
        Map<String, String> headers,
        boolean publicOnly) {
    /** Said of oneself, where no header says otherwise. */
    static final String USER_AGENT = "giga/0.1 (tile-pyramid reader)";

    public static final Manners USUAL =
            new Manners(8, 20, 3, Duration.ofSeconds(1), Duration.ofSeconds(30), Map.of(), false);

    public Manners {
        Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.putAll(headers);
        headers = known;
        check(parallel >= 1 && parallel <= 64, "parallel %d: give 1 to 64", parallel);
        check(perSecond > 0 && perSecond <= 1000, "rate %s: give more than 0, up to 1000 a second", perSecond);
        check(retries >= 0 && retries <= 100, "retries %d: give 0 to 100", retries);
        check(!pause.isNegative() && pause.toHours() < 1, "retry pause %s: give less than an hour", pause);
        check(timeout.toMillis() > 0 && timeout.toHours() < 24, "timeout %s: give a second to a day", timeout);
        for (Map.Entry<String, String> header : headers.entrySet())
            check(
                    header.getKey().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
                            && header.getValue().chars().allMatch(c -> c >= 32 && c < 127),
                    "header '%s': give \"Name: value\"",
                    header.getKey());
    }

    Manners withoutRetries() {
        return new Manners(parallel, perSecond, 0, pause, timeout, headers, publicOnly);
    }

    private static void check(boolean fine, String sentence, Object value) {
        if (!fine) throw new PictureException(sentence.formatted(value));
    }
}
