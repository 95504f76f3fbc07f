package giga.canvas.finish;

/** Changes the tone of a tile by a table of a level's sixteenths and what lies straight between them. */
final class ToneStage implements Stage {
    private static final int PARTS = 16;

    private final float[] table;

    ToneStage(float[] table) {
        this.table = table;
    }

    /** Worked out once for all threads. */
    static float[] table(Tone tone) {
        float[] table = new float[255 * PARTS + 2];
        for (int i = 0; i < table.length; i++) table[i] = (float) tone.of(Math.min(255.0, (double) i / PARTS));
        return table;
    }

    @Override
    public void apply(Tile tile) {
        for (float[] plane : tile.planes)
            for (int row = tile.rim(); row < tile.rows() - tile.rim(); row++)
                change(plane, tile.first(row), tile.end(row), table);
    }

    private static void change(float[] plane, int first, int end, float[] table) {
        for (int i = first; i < end; i++) {
            float place = PARTS * plane[i];
            int below = (int) place;
            plane[i] = table[below] + (place - below) * (table[below + 1] - table[below]);
        }
    }
}
