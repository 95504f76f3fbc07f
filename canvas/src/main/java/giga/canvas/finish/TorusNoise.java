package giga.canvas.finish;

/** Random planes that go on from each edge at the opposite one: white noise under a Gaussian blur, with a standard deviation of 1. */
final class TorusNoise {
    private final int side;
    private final long seed;

    TorusNoise(int side, long seed) {
        this.side = side;
        this.seed = seed;
    }

    /**
     * A plane, row by row.
     *
     * @param number planes of different numbers have nothing in common
     * @param across standard deviation of the blur along the rows, in pixels; 0 for none
     * @param down along the columns
     */
    float[] plane(int number, double across, double down) {
        WhiteNoise white = new WhiteNoise(seed + number);
        float[] plane = new float[side * side];
        for (int y = 0; y < side; y++) white.row(0, y, plane, y * side, side);
        plane = turned(blurred(turned(blurred(plane, across)), down));
        return normal(plane);
    }

    private float[] blurred(float[] plane, double sigma) {
        if (sigma == 0) return plane;
        int reach = (int) Math.ceil(3 * sigma);
        float[] line = new float[side + 2 * reach];
        float[] result = new float[plane.length];
        for (int y = 0; y < side; y++) {
            for (int i = 0; i < line.length; i++) line[i] = plane[y * side + Math.floorMod(i - reach, side)];
            for (int k = -reach; k <= reach; k++)
                add(line, reach + k, result, y * side, (float) StrictMath.exp(-k * k / (2 * sigma * sigma)));
        }
        return result;
    }

    private void add(float[] line, int from, float[] result, int to, float weight) {
        for (int i = 0; i < side; i++) result[to + i] += weight * line[from + i];
    }

    private float[] turned(float[] plane) {
        float[] turned = new float[plane.length];
        for (int y = 0; y < side; y++) for (int x = 0; x < side; x++) turned[x * side + y] = plane[y * side + x];
        return turned;
    }

    static float[] normal(float[] plane) {
        double sum = 0;
        double squares = 0;
        for (float value : plane) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / plane.length;
        double deviation = Math.sqrt(squares / plane.length - mean * mean);
        for (int i = 0; i < plane.length; i++) plane[i] = (float) ((plane[i] - mean) / deviation);
        return plane;
    }
}
