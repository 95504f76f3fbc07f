package giga.diffusion.noise;

import giga.diffusion.Planes;
import giga.diffusion.noise.NoiseSource.Brownian;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * torchsde's BrownianTree (Li et al., "Scalable gradients for stochastic differential equations", 2020) as k-diffusion
 * asks it: an interval's increment is split at its middle by a Brownian bridge whose noise depends on the seed and the
 * place in the tree only. Times have six decimals, so sigmas closer than that are one.
 */
final class BrownianTree implements Brownian {
    /** Each is a whole latent; what is forgotten is made again from its parent. */
    private static final int KEPT = 45;

    private final Planes shape;
    private final long seed;
    private final LongFunction<NormalGenerator> generators;
    private final Node root;
    private final float rootScale;
    private final Map<Node, float[]> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Node, float[]> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * @param shape [1, channels, height, width] of the increments; its values are not used
     * @param generators give the normals for a seed of 32 bits
     */
    BrownianTree(Planes shape, long seed, float sigmaMin, float sigmaMax, LongFunction<NormalGenerator> generators) {
        this.shape = shape;
        this.seed = seed;
        this.generators = generators;
        root = new Node(null, true, round(sigmaMin), round(sigmaMax), 0, 0);
        rootScale = (float) Math.sqrt((double) sigmaMax - sigmaMin);
    }

    @Override
    public Planes between(float sigma, float sigmaNext) {
        float[] sum = new float[shape.values().length];
        double from = Math.clamp(round(sigmaNext), root.start, root.end);
        double to = Math.clamp(round(sigma), root.start, root.end);
        if (from < to) add(root, from, to, sum);
        // Time runs with sigma in the tree, but the sampler goes down: hence the sign.
        float root = (float) -Math.sqrt(sigma - sigmaNext);
        for (int i = 0; i < sum.length; i++) sum[i] /= root;
        return new Planes(1, shape.channels(), shape.height(), shape.width(), sum);
    }

    private void add(Node node, double from, double to, float[] sum) {
        if (from == node.start && to == node.end) {
            float[] increment = increment(node);
            for (int i = 0; i < sum.length; i++) sum[i] += increment[i];
            return;
        }
        if (node.left == null) node.splitTowards(from == node.start ? to : from);
        double middle = node.left.end;
        if (from < middle) add(node.left, from, Math.min(to, middle), sum);
        if (to > middle) add(node.right, Math.max(from, middle), to, sum);
    }

    private float[] increment(Node node) {
        float[] known = kept.get(node);
        if (known != null) return known;
        float[] increment = node == root ? rootIncrement() : bridge(node);
        kept.put(node, increment);
        return increment;
    }

    private float[] rootIncrement() {
        float[] increment = normals(new SeedSequence(seed).generate(1)[0]);
        for (int i = 0; i < increment.length; i++) increment[i] *= rootScale;
        return increment;
    }

    private float[] bridge(Node node) {
        Node parent = node.parent;
        float[] whole = increment(parent);
        if (!node.isLeft) {
            float[] increment = whole.clone();
            float[] left = increment(parent.left);
            for (int i = 0; i < increment.length; i++) increment[i] -= left[i];
            return increment;
        }
        double left = node.end - node.start;
        double length = parent.end - parent.start;
        float share = (float) (left / length);
        float deviation = (float) Math.sqrt(left * (parent.end - node.end) / length);
        float[] increment = normals(new SeedSequence(seed, parent.key, parent.depth).generate(1)[0]);
        for (int i = 0; i < increment.length; i++) increment[i] = share * whole[i] + deviation * increment[i];
        return increment;
    }

    private float[] normals(int word) {
        return generators.apply(Integer.toUnsignedLong(word)).next(shape.values().length);
    }

    private static double round(double time) {
        return new BigDecimal(time).setScale(6, RoundingMode.HALF_EVEN).doubleValue();
    }

    /** An interval of time; identity is its place in the tree. */
    private static final class Node {
        final Node parent;
        final boolean isLeft;
        final double start;
        final double end;
        final long key;
        final int depth;
        Node left;
        Node right;

        Node(Node parent, boolean isLeft, double start, double end, long key, int depth) {
            this.parent = parent;
            this.isLeft = isLeft;
            this.start = start;
            this.end = end;
            this.key = key;
            this.depth = depth;
        }

        /** Halves down to a border at the target, which lies inside and is a multiple of the smallest time. */
        void splitTowards(double target) {
            Node node = this;
            while (true) {
                double middle = round(0.5 * (node.start + node.end));
                node.left = new Node(node, true, node.start, middle, 2 * node.key, node.depth + 1);
                node.right = new Node(node, false, middle, node.end, 2 * node.key + 1, node.depth + 1);
                if (target == middle) return;
                node = target < middle ? node.left : node.right;
            }
        }
    }
}
