package giga.canvas.dezoom;

import giga.canvas.PictureException;
import giga.canvas.Pixels;
import giga.canvas.dezoom.format.Detection;
import giga.canvas.dezoom.format.Level;
import giga.canvas.dezoom.format.Template;
import giga.canvas.dezoom.format.Tiles;
import giga.canvas.store.ZarrPicture;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A picture that lies on a server in tiles. Tiles are kept as they come, so that none is fetched twice, and go straight into a stored
 * picture. Memory holds the tiles at work alone.
 */
public final class Dezoom implements AutoCloseable {
    private static final int MOST_DESCRIPTION = 16 << 20;
    private static final int MOST_TILE = 64 << 20;
    /** If so many first tiles fail, all will. */
    private static final int HOPELESS = 16;

    private final String address;
    private final Manners manners;
    private final Web web;
    private final TileStore store;

    /**
     * @param address of the picture's description, page or template, or the path of its file
     * @param cache folder for tiles
     */
    public Dezoom(String address, Path cache, Manners manners) {
        this.address = address;
        this.manners = manners;
        this.web = new Web(manners);
        this.store = new TileStore(cache);
    }

    /**
     * In which sizes the picture is there.
     *
     * @throws PictureException when nothing is there, or nobody knows what to make of it
     */
    public Detection.Found levels() {
        Optional<Template> template = Template.in(address);
        if (template.isPresent()) return new Detection.Found("a template", List.of(measured(template.get())));
        return new Detection(this::description).levels(address);
    }

    private byte[] description(String where) {
        return web.get(where, address, MOST_DESCRIPTION, bytes -> bytes);
    }

    /** A template does not say how many tiles there are, nor how large. */
    private Level measured(Template template) {
        Tiles tiles = template::address;
        Pixels first = tile(tiles, 0, 0, web);
        try (Web once = new Web(manners.withoutRetries())) {
            Template.Count count = Template.count((column, row) -> {
                try {
                    tile(tiles, column, row, once);
                    return true;
                } catch (PictureException e) {
                    return false;
                }
            });
            Pixels last = tile(tiles, count.columns() - 1, count.rows() - 1, web);
            return new Level(
                    "",
                    first.width() * (count.columns() - 1) + last.width(),
                    first.height() * (count.rows() - 1) + last.height(),
                    first.width(),
                    first.height(),
                    0,
                    List.of(tiles));
        }
    }

    private Pixels tile(Tiles tiles, int column, int row, Web from) {
        return store.find(tiles.key(column, row))
                .orElseGet(() -> from.get(
                        tiles.address(column, row),
                        address,
                        MOST_TILE,
                        bytes -> store.keep(tiles.key(column, row), tiles.opened(bytes))));
    }

    /**
     * What could not be fetched.
     *
     * @param reasons of the first few
     */
    public record Missing(int tiles, List<String> reasons) {}

    /**
     * Fills a picture with a level's tiles; what cannot be fetched stays black.
     *
     * @param tilesDone told how many tiles are done; may throw to stop
     * @throws PictureException when no tile can be fetched, or the disk refuses
     */
    public Missing fetch(Level level, ZarrPicture canvas, IntConsumer tilesDone) {
        return new Fetching(level, canvas, tilesDone).run();
    }

    private final class Fetching {
        private static final int MOST_REASONS = 3;
        private static final int PATIENCE_SECONDS = 3;

        private final Level level;
        private final ZarrPicture canvas;
        private final IntConsumer tilesDone;
        private final AtomicInteger way = new AtomicInteger();
        private final Queue<Future<Optional<String>>> atWork = new ArrayDeque<>();
        private final List<String> reasons = new ArrayList<>();
        private int missing;
        private int done;

        Fetching(Level level, ZarrPicture canvas, IntConsumer tilesDone) {
            this.level = level;
            this.canvas = canvas;
            this.tilesDone = tilesDone;
        }

        Missing run() {
            ExecutorService threads = Executors.newFixedThreadPool(manners.parallel());
            try {
                for (int row = 0; row < level.rows(); row++)
                    for (int column = 0; column < level.columns(); column++) {
                        Tile tile = new Tile(level, column, row);
                        atWork.add(threads.submit(() -> fetch(tile)));
                        if (atWork.size() > 2 * manners.parallel()) await();
                    }
                while (!atWork.isEmpty()) await();
                return new Missing(missing, List.copyOf(reasons));
            } finally {
                end(threads);
            }
        }

        /** What is under way may come, so that nobody asks for it again; what has not begun does not. */
        private void end(ExecutorService threads) {
            atWork.forEach(tile -> tile.cancel(false));
            threads.shutdown();
            try {
                if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) threads.shutdownNow();
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
            }
            // A tile at work would write into a picture that nobody has any more.
            threads.close();
        }

        private void await() {
            try {
                atWork.remove().get().ifPresent(this::miss);
                tilesDone.accept(++done);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) throw failure;
                if (e.getCause() instanceof Error error) throw error;
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PictureException("Fetching was interrupted.", e);
            }
        }

        private void miss(String reason) {
            if (reasons.size() < MOST_REASONS) reasons.add(reason);
            missing++;
            if (missing == Math.min(HOPELESS, level.tileCount()) && missing == done + 1)
                throw new PictureException("None of the first %d tiles can be fetched. %s".formatted(missing, reason));
        }

        /** The reason why not, or none. */
        private Optional<String> fetch(Tile tile) {
            Pixels pixels;
            try {
                pixels = fetched(tile);
            } catch (StoreException e) {
                throw e;
            } catch (PictureException e) {
                return Optional.of(e.getMessage());
            }
            canvas.write(tile.cell().x(), tile.cell().y(), pixels);
            return Optional.empty();
        }

        /** By the way that worked last, then by the others. */
        private Pixels fetched(Tile tile) {
            int first = way.get();
            int ways = level.ways().size();
            for (int i = 0; ; i++) {
                int number = (first + i) % ways;
                try {
                    Pixels pixels = fetched(tile, level.ways().get(number));
                    way.set(number);
                    return pixels;
                } catch (RefusedException e) {
                    if (!e.isOfTheAddress() || i == ways - 1) throw e;
                }
            }
        }

        private Pixels fetched(Tile tile, Tiles tiles) {
            String key = tiles.key(tile.column(), tile.row());
            return store.find(key)
                    .flatMap(tile::fitting)
                    .orElseGet(() -> web.get(
                            tiles.address(tile.column(), tile.row()),
                            address,
                            MOST_TILE,
                            bytes -> tile.cut(store.keep(key, tiles.opened(bytes)))));
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
