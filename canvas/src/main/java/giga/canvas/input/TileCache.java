package giga.canvas.input;

import giga.canvas.Pixels;
import giga.canvas.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The tiles used last, up to some bytes. A tile that several threads want at a time is made once. */
final class TileCache {
    private final long bytes;
    private final Function<Region, Pixels> making;
    private final Map<Region, CompletableFuture<Pixels>> tiles = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    TileCache(long bytes, Function<Region, Pixels> making) {
        this.bytes = bytes;
        this.making = making;
    }

    /** A tile that is held, or is being made. */
    Optional<Pixels> find(Region tile) {
        CompletableFuture<Pixels> known;
        synchronized (this) {
            known = tiles.get(tile);
        }
        return Optional.ofNullable(known).map(TileCache::await);
    }

    Pixels get(Region tile) {
        CompletableFuture<Pixels> mine = new CompletableFuture<>();
        CompletableFuture<Pixels> known;
        synchronized (this) {
            known = tiles.putIfAbsent(tile, mine);
            if (known == null) held += 3 * tile.area();
        }
        if (known != null) return await(known);
        try {
            Pixels pixels = making.apply(tile);
            mine.complete(pixels);
            makeRoom();
            return pixels;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            remove(tile);
            throw e;
        }
    }

    private static Pixels await(CompletableFuture<Pixels> tile) {
        try {
            return tile.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) throw error;
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private synchronized void makeRoom() {
        var oldest = tiles.entrySet().iterator();
        while (held > bytes && oldest.hasNext()) {
            var tile = oldest.next();
            if (!tile.getValue().isDone()) continue;
            oldest.remove();
            held -= 3 * tile.getKey().area();
        }
    }

    private synchronized void remove(Region tile) {
        if (tiles.remove(tile) != null) held -= 3 * tile.area();
    }
}
