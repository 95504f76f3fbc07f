package giga.redraw;

import giga.canvas.store.ChunkGrid;
import giga.canvas.store.ChunkIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a phase has come: which tiles are there, which chunks of the next canvas are settled, and so what can be settled
 * now and what is needed no longer. A chunk can be settled once all tiles that touch it are there. A tile's result is
 * needed until the chunks that it touches are settled and the tiles of later waves that see it are drawn. Bookkeeping
 * only, some integers for each tile and chunk; to be guarded by its user.
 */
public final class Front {
    private final Blend blend;
    private final ChunkGrid grid;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final boolean[] there;
    private final int[] openChunks;
    private final int[] readers;
    private final boolean[] settled;
    private final int[] missingTiles;
    private long unsettled;

    /** Nothing is there yet. */
    public Front(Phase phase, Blend blend, ChunkGrid grid) {
        this.blend = blend;
        this.grid = grid;
        List<Tile> tiles = phase.tiles();
        there = new boolean[tiles.size()];
        openChunks = new int[tiles.size()];
        readers = new int[tiles.size()];
        settled = new boolean[Math.toIntExact(grid.count())];
        missingTiles = new int[settled.length];
        unsettled = settled.length;
        for (int i = 0; i < tiles.size(); i++) {
            positions.put(tiles.get(i).index(), i);
            int position = i;
            grid.touching(tiles.get(i).write()).forEach(chunk -> {
                openChunks[position]++;
                missingTiles[number(chunk)]++;
            });
        }
    }

    /** Whether all chunks are settled. */
    public boolean isDone() {
        return unsettled == 0;
    }

    public long settledChunks() {
        return settled.length - unsettled;
    }

    public boolean isThere(Tile tile) {
        return there[position(tile)];
    }

    /** Whether anything is still to be made of the tile's result. */
    public boolean needs(Tile tile) {
        int position = position(tile);
        return openChunks[position] > 0 || readers[position] > 0;
    }

    /** Whether a chunk is to be settled, and all that it takes is there. */
    public boolean isReady(ChunkIndex chunk) {
        return !settled[number(chunk)] && missingTiles[number(chunk)] == 0;
    }

    /** The chunks that are {@link #isReady ready}, row by row. */
    public List<ChunkIndex> ready() {
        return grid.chunks().filter(this::isReady).toList();
    }

    /** A tile's result is there; the chunks that can be settled now. */
    public List<ChunkIndex> stored(Tile tile) {
        int position = position(tile);
        if (there[position]) return List.of();
        there[position] = true;
        List<ChunkIndex> ready = new ArrayList<>();
        grid.touching(tile.write()).forEach(chunk -> {
            if (--missingTiles[number(chunk)] == 0 && !settled[number(chunk)]) ready.add(chunk);
        });
        return ready;
    }

    /** A tile's result turned out to be damaged. */
    public void lost(Tile tile) {
        int position = position(tile);
        if (!there[position]) return;
        there[position] = false;
        grid.touching(tile.write()).forEach(chunk -> missingTiles[number(chunk)]++);
    }

    /** A chunk is settled; the tiles whose results are needed no longer. */
    public List<Tile> settled(ChunkIndex chunk) {
        if (settled[number(chunk)]) return List.of();
        settled[number(chunk)] = true;
        unsettled--;
        List<Tile> spent = new ArrayList<>();
        for (Tile tile : blend.touching(grid.region(chunk))) {
            openChunks[position(tile)]--;
            if (!needs(tile)) spent.add(tile);
        }
        return spent;
    }

    /** A tile is going to be drawn: the results that it sees are needed until it is. */
    public void willDraw(Tile tile) {
        for (Tile seen : blend.seenBy(tile)) readers[position(seen)]++;
    }

    /** It is drawn; the tiles whose results are needed no longer. */
    public List<Tile> drawn(Tile tile) {
        List<Tile> spent = new ArrayList<>();
        for (Tile seen : blend.seenBy(tile)) {
            readers[position(seen)]--;
            if (!needs(seen)) spent.add(seen);
        }
        return spent;
    }

    private int position(Tile tile) {
        return positions.get(tile.index());
    }

    private int number(ChunkIndex chunk) {
        return chunk.row() * grid.columns() + chunk.column();
    }
}
