package giga.canvas.finish;

import giga.canvas.Pixels;
import java.util.Arrays;
import java.util.Optional;

/** Textures that need no file: a relief of 1024 x 1024 pixels that goes on from each edge at the opposite one, lit from the upper left. */
enum MadeTexture {
    /** Drawing paper: a felt of fibres, pressed but not smooth. */
    PAPER(232, 9, 4) {
        @Override
        float[] relief(TorusNoise noise) {
            float[] relief = noise.plane(0, 1.1, 1.1);
            add(relief, 1.3f, noise.plane(1, 2.6, 2.6));
            add(relief, 1.6f, noise.plane(2, 6, 6));
            add(relief, 1.2f, noise.plane(3, 16, 16));
            // Fibres lie in all directions; two across each other are enough for the eye.
            add(relief, 0.7f, ridges(noise.plane(4, 9, 1.2)));
            add(relief, 0.7f, ridges(noise.plane(5, 1.2, 9)));
            return relief;
        }
    },
    /** Painter's canvas: a plain weave of round threads of 8 pixels. */
    CANVAS(226, 15, 12) {
        @Override
        float[] relief(TorusNoise noise) {
            return weave(noise, 128, 0.7, 0.08);
        }
    },
    /** Linen: threads of 5 pixels and uneven thickness. */
    LINEN(228, 13, 10) {
        @Override
        float[] relief(TorusNoise noise) {
            return weave(noise, 206, 0.9, 0.22);
        }
    };

    private static final int SIDE = 1024;

    private final int base;
    private final int slope;
    private final int hollow;

    /**
     * @param base mean level
     * @param slope levels that a standard deviation of inclination to the light gives or takes
     * @param hollow likewise of height
     */
    MadeTexture(int base, int slope, int hollow) {
        this.base = base;
        this.slope = slope;
        this.hollow = hollow;
    }

    static Optional<MadeTexture> named(String name) {
        return Arrays.stream(values())
                .filter(texture -> texture.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Heights, row by row. */
    abstract float[] relief(TorusNoise noise);

    Pixels pixels() {
        float[] height = TorusNoise.normal(relief(new TorusNoise(SIDE, 20)));
        float[] light = new float[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++)
                light[y * SIDE + x] =
                        at(height, x + 1, y) - at(height, x - 1, y) + at(height, x, y + 1) - at(height, x, y - 1);
        TorusNoise.normal(light);
        Pixels pixels = new Pixels(SIDE, SIDE);
        for (int i = 0; i < light.length; i++) {
            int level = Math.clamp(Math.round(base + slope * light[i] + hollow * height[i]), 0, 255);
            Arrays.fill(pixels.rgb(), 3 * i, 3 * i + 3, (byte) level);
        }
        return pixels;
    }

    private static float at(float[] plane, int x, int y) {
        return plane[Math.floorMod(y, SIDE) * SIDE + Math.floorMod(x, SIDE)];
    }

    private static void add(float[] plane, float share, float[] other) {
        for (int i = 0; i < plane.length; i++) plane[i] += share * other[i];
    }

    /** Lines where a plane passes through 0. */
    private static float[] ridges(float[] plane) {
        float[] ridges = new float[plane.length];
        for (int i = 0; i < plane.length; i++) ridges[i] = Math.max(0, 1 - 3 * Math.abs(plane[i]));
        return ridges;
    }

    /**
     * Threads over and under each other in turn.
     *
     * @param threads an even number
     * @param wander how far threads stray from straight lines, in pixels
     * @param unevenness of their thickness
     */
    private static float[] weave(TorusNoise noise, int threads, double wander, double unevenness) {
        float[] strayX = noise.plane(0, 10, 40);
        float[] strayY = noise.plane(1, 40, 10);
        float[] thickX = noise.plane(2, 4, 60);
        float[] thickY = noise.plane(3, 60, 4);
        float[] fibres = noise.plane(4, 0.8, 0.8);
        float[] relief = new float[SIDE * SIDE];
        double perPixel = (double) threads / SIDE;
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                int i = y * SIDE + x;
                double u = (x + wander * strayX[i]) * perPixel;
                double v = (y + wander * strayY[i]) * perPixel;
                boolean even =
                        (Math.floorMod((long) Math.floor(u), 2) + Math.floorMod((long) Math.floor(v), 2)) % 2 == 0;
                double upright = thread(u, v, even, 1 + unevenness * thickX[i]);
                double level = thread(v, u, !even, 1 + unevenness * thickY[i]);
                relief[i] = (float) (Math.max(upright, level) + 0.16 * fibres[i]);
            }
        return relief;
    }

    /** Height of a round thread, {@code across} and {@code along} it in threads, that bends over or under the one it crosses. */
    private static double thread(double across, double along, boolean over, double thickness) {
        double from = 2 * (across - Math.floor(across)) - 1;
        double round = Math.sqrt(Math.max(0, 1 - from * from / (thickness * thickness)));
        double bend = StrictMath.sin(Math.PI * (along - Math.floor(along)));
        return round * (1 + (over ? 0.8 : -0.8) * bend) - 0.2;
    }
}
