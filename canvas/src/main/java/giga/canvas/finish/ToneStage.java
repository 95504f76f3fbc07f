package giga.canvas.finish;

/** Changes the tone of a tile. */
final class ToneStage implements Stage {
    private final int[] table;

    /** @param table what becomes of each 64th of a level */
    ToneStage(int[] table) {
        this.table = table;
    }

    /** Worked out once for all threads. */
    static int[] table(Tone tone) {
        int[] table = new int[Tile.WHITE + 1];
        for (int i = 0; i < table.length; i++) table[i] = (int) Math.rint(Tile.ONE * tone.of((double) i / Tile.ONE));
        return table;
    }

    @Override
    public void apply(Tile tile) {
        for (int[] plane : tile.planes)
            for (int row = tile.rim(); row < tile.rows() - tile.rim(); row++)
                change(plane, tile.first(row), tile.end(row), table);
    }

    private static void change(int[] plane, int first, int end, int[] table) {
        for (int i = first; i < end; i++) plane[i] = table[plane[i]];
    }
}
