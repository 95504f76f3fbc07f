package giga.canvas.dezoom;

import giga.canvas.PictureException;
import giga.canvas.dezoom.format.Addresses;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets what lies at an address, on the web or in a file, with manners: so many requests to a host at a time and a second, again after a
 * failure that may pass. Redirects are followed here, as each is another address to be looked at. Answers are held in memory and bounded
 * in size and time. For use by several threads.
 */
final class Web implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final Manners manners;
    private final Destinations destinations;
    private final Map<String, HostGate> gates = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();

    Web(Manners manners) {
        this.manners = manners;
        this.destinations = new Destinations(manners.publicOnly());
    }

    /** Makes something of bytes, or finds that they are not what they should be. */
    @FunctionalInterface
    interface Reading<T> {
        T of(byte[] bytes) throws IOException;
    }

    /**
     * @param referer sent along unless a header says otherwise; empty for none
     * @param most bytes
     * @param reading what is asked for again where it cannot be read
     * @throws PictureException when it cannot be had
     */
    <T> T get(String address, String referer, int most, Reading<T> reading) {
        if (!Addresses.isWeb(address)) return file(address, most, reading);
        long pause = manners.pause().toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                return read(address, followed(uri(address), referer, most), reading);
            } catch (RefusedException e) {
                if (!e.mayPass() || attempt >= manners.retries()) throw e;
            } catch (PassingException e) {
                if (attempt >= manners.retries()) throw new PictureException(e.getMessage(), e);
            }
            sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
        }
    }

    /** A failure after which it is worth to ask again. */
    private static final class PassingException extends Exception {
        PassingException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    private static <T> T read(String address, byte[] bytes, Reading<T> reading) throws PassingException {
        try {
            return reading.of(bytes);
        } catch (IOException e) {
            throw new PassingException(address + ": " + e.getMessage() + ". Try again later.", e);
        }
    }

    private static <T> T file(String address, int most, Reading<T> reading) {
        try {
            Path path = Path.of(address);
            if (Files.exists(path) && !Files.isRegularFile(path)) throw new IOException("this is no file");
            if (!Files.exists(path)) throw RefusedException.noFile(address);
            if (Files.size(path) > most) throw new LimitedBody.TooLongException(most);
            return reading.of(Files.readAllBytes(path));
        } catch (IOException | InvalidPathException e) {
            throw new PictureException(address + ": " + e.getMessage() + ". Check the file.", e);
        }
    }

    private byte[] followed(URI address, String referer, int most) throws PassingException {
        URI at = address;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            destinations.check(at);
            HttpResponse<byte[]> answer = answer(at, referer, most);
            int status = answer.statusCode();
            if (status / 100 == 2) return answer.body();
            boolean moved = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
            if (!moved) {
                if (status == 429 || status == 503) pause(at, answer.headers());
                throw RefusedException.byServer(at.toString(), status);
            }
            at = at.resolve(uri(answer.headers().firstValue("Location").orElse("")));
        }
        throw new PictureException(address + ": the server sends us from one address to the next, more than "
                + MOST_REDIRECTS + " times.");
    }

    private HttpResponse<byte[]> answer(URI address, String referer, int most) throws PassingException {
        try {
            return gate(address).through(() -> sent(address, referer, most));
        } catch (TimeoutException e) {
            throw new PassingException(
                    address + ": no whole answer within " + manners.timeout().toMillis() / 1000.0
                            + " s. Give a longer --timeout.",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LimitedBody.TooLongException
                    || e.getCause().getCause() instanceof LimitedBody.TooLongException)
                throw new PictureException(
                        address
                                + ": the answer is longer than %d MB; this is no tile and no description."
                                        .formatted(most >> 20),
                        e);
            throw new PassingException("%s: %s. Check the connection.".formatted(address, reason(e.getCause())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PictureException(address + ": fetching was interrupted.", e);
        } catch (Exception e) {
            throw new PassingException(
                    "%s: %s. Check the address and the connection.".formatted(address, reason(e)), e);
        }
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) return cause.getMessage();
        return failure instanceof java.net.ConnectException
                ? "nobody answers"
                : failure.getClass().getSimpleName();
    }

    private HttpResponse<byte[]> sent(URI address, String referer, int most) throws Exception {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(address, referer), _ -> new LimitedBody(most));
        try {
            return answer.get(manners.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            // Where it is not complete, nobody waits for the rest.
            answer.cancel(true);
        }
    }

    private HttpRequest request(URI address, String referer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(manners.timeout());
        Map<String, String> headers = manners.headers();
        if (!headers.containsKey("User-Agent")) request.header("User-Agent", Manners.USER_AGENT);
        if (!headers.containsKey("Accept")) request.header("Accept", "*/*");
        if (!referer.isEmpty() && Addresses.isWeb(referer) && !headers.containsKey("Referer"))
            request.header("Referer", referer);
        headers.forEach((name, value) -> {
            try {
                request.header(name, value);
            } catch (IllegalArgumentException e) {
                throw new PictureException("header '%s': this one cannot be set; leave it out.".formatted(name), e);
            }
        });
        return request.build();
    }

    private HostGate gate(URI address) {
        return gates.computeIfAbsent(address.getHost() + ":" + address.getPort(), _ -> new HostGate(manners));
    }

    /** As long as the server says, where it says so in seconds, within reason. */
    private void pause(URI address, HttpHeaders headers) {
        headers.firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .ifPresent(asked -> gate(address).pause(Math.min(asked.toNanos(), LONGEST_PAUSE.toNanos())));
    }

    private static URI uri(String address) {
        try {
            return new URI(address.strip().replace(" ", "%20").replace("|", "%7C"));
        } catch (URISyntaxException e) {
            throw new PictureException("'%s' is no address: %s".formatted(address, e.getReason()), e);
        }
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PictureException("Fetching was interrupted.", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
