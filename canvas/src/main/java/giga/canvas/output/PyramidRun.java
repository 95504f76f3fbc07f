package giga.canvas.output;

import giga.canvas.Picture;
import giga.canvas.Pixels;
import giga.canvas.Region;
import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import giga.canvas.store.ZarrPicture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Makes all tiles of a {@link Pyramid} in memory that does not depend on the picture. The picture is read once, in square
 * blocks; a block gives its tiles of three levels, for which it is read with a margin as wide as the overlap of the
 * smallest, and its part of the fourth level, which is kept on disk (a sixty-fourth of the picture) and then treated alike.
 */
final class PyramidRun {
    private static final int LEVELS = 3;
    private static final int LARGEST_CORE = 256;

    /** Where the tiles go. */
    interface Tiles {
        /** Turns pixels into what is to be stored; called on several threads. */
        byte[] encode(int level, ChunkIndex at, Pixels tile) throws IOException;

        /** Stores a tile; called on one thread, in the same order each time. */
        void put(int level, ChunkIndex at, byte[] encoded) throws IOException;
    }

    private record Encoded(int level, ChunkIndex at, byte[] bytes) {}

    private record Block(Region region, List<Encoded> tiles) {}

    private final Pyramid pyramid;
    private final Tiles tiles;
    private final Path scratch;

    /** @param scratch a folder for the kept levels, to be deleted by the caller */
    PyramidRun(Pyramid pyramid, Tiles tiles, Path scratch) {
        this.pyramid = pyramid;
        this.tiles = tiles;
        this.scratch = scratch;
    }

    /** @param rowsDone called with the count of the picture's rows that were read and stored */
    void run(Picture picture, IntConsumer rowsDone) throws IOException {
        Picture source = picture;
        for (int first = 0; first < pyramid.levels(); first += LEVELS) {
            Optional<ZarrPicture> kept =
                    first + LEVELS < pyramid.levels() ? Optional.of(keep(first + LEVELS)) : Optional.empty();
            Pass pass = new Pass(source, first, Math.min(first + LEVELS, pyramid.levels()), kept);
            pass.run(first == 0 ? rowsDone : _ -> {});
            if (kept.isPresent()) source = kept.get();
        }
    }

    private ZarrPicture keep(int level) {
        ChunkGrid grid = pyramid.grid(level);
        return ZarrPicture.create(scratch.resolve("level-" + level), grid.width(), grid.height());
    }

    /** The levels {@code first} to {@code end} from a picture at level {@code first}. */
    private final class Pass {
        private final Picture source;
        private final int first;
        private final int end;
        private final Optional<ZarrPicture> kept;
        private final ChunkGrid blocks;

        Pass(Picture source, int first, int end, Optional<ZarrPicture> kept) {
            this.source = source;
            this.first = first;
            this.end = end;
            this.kept = kept;
            int core = pyramid.tile() > LARGEST_CORE ? pyramid.tile() / 2 : pyramid.tile();
            this.blocks = new ChunkGrid(source.width(), source.height(), core << LEVELS);
        }

        void run(IntConsumer rowsDone) throws IOException {
            try (InOrder<Block> work = new InOrder<>(block -> put(block, rowsDone))) {
                for (ChunkIndex at : (Iterable<ChunkIndex>) blocks.chunks()::iterator) {
                    Region block = blocks.region(at);
                    work.submit(() -> new Block(block, encode(block)));
                }
                work.finish();
            }
        }

        private void put(Block block, IntConsumer rowsDone) throws IOException {
            for (Encoded tile : block.tiles()) tiles.put(tile.level(), tile.at(), tile.bytes());
            if (block.region().right() == source.width())
                rowsDone.accept(block.region().bottom());
        }

        private List<Encoded> encode(Region block) throws IOException {
            Region margin = block.grow(pyramid.overlap() << LEVELS, source.bounds());
            Pixels pixels = source.read(margin);
            List<Encoded> encoded = new ArrayList<>();
            for (int level = first; level < end; level++) {
                Region held = reduced(margin, level - first);
                ChunkGrid grid = pyramid.grid(level);
                for (ChunkIndex at : (Iterable<ChunkIndex>) grid.touching(reduced(block, level - first))::iterator) {
                    Region tile = pyramid.withOverlap(grid.region(at), level);
                    encoded.add(new Encoded(level, at, tiles.encode(level, at, pixels.read(within(held, tile)))));
                }
                if (level + 1 < end || kept.isPresent()) pixels = Halving.of(pixels);
            }
            if (kept.isPresent()) {
                Region core = reduced(block, LEVELS);
                kept.get().write(core.x(), core.y(), pixels.read(within(reduced(margin, LEVELS), core)));
            }
            return encoded;
        }

        /** A region whose upper left corner is a multiple of the factor, that many levels down. */
        private static Region reduced(Region region, int levels) {
            int x = region.x() >> levels;
            int y = region.y() >> levels;
            return new Region(
                    x, y, Pyramid.reduced(region.right(), levels) - x, Pyramid.reduced(region.bottom(), levels) - y);
        }

        private static Region within(Region whole, Region part) {
            return new Region(part.x() - whole.x(), part.y() - whole.y(), part.width(), part.height());
        }
    }
}
