package giga.canvas.resample;

/**
 * One axis of a resampling: for each output sample the run of input samples it is made of and their weights, in
 * Pillow's fixed point (22 fractional bits, rounded half away from zero, each run normalised to 1 before rounding).
 *
 * @param first index of a run's first input sample
 * @param count length of a run
 * @param weights the runs' weights, {@code stride} apart
 */
record Taps(int[] first, int[] count, int[] weights, int stride) {
    static final int PRECISION = 22;
    private static final int ONE = 1 << PRECISION;

    static Taps of(Filter filter, int in, int out) {
        return of(filter, in, 0, in, out);
    }

    /** The axis of a part {@code from} to {@code to} of {@code in} samples; weights may reach beyond the part. */
    static Taps of(Filter filter, int in, double from, double to, int out) {
        if (from == 0 && to == in && in == out) return identity(in);
        double scale = (to - from) / out;
        double stretch = Math.max(scale, 1);
        double support = filter.support * stretch;
        int stride = 2 * (int) Math.ceil(support) + 1;
        Taps taps = new Taps(new int[out], new int[out], new int[Math.multiplyExact(out, stride)], stride);
        double[] run = new double[stride];
        for (int i = 0; i < out; i++) {
            double center = from + (i + 0.5) * scale;
            int first = Math.max((int) (center - support + 0.5), 0);
            int end = Math.min((int) (center + support + 0.5), in);
            double sum = 0;
            for (int k = 0; k < end - first; k++) {
                run[k] = filter.weight((k + first - center + 0.5) * (1 / stretch));
                sum += run[k];
            }
            taps.first[i] = first;
            taps.count[i] = end - first;
            for (int k = 0; k < end - first; k++)
                taps.weights[i * stride + k] = fixed(sum == 0 ? run[k] : run[k] / sum);
        }
        return taps;
    }

    private static Taps identity(int size) {
        Taps taps = new Taps(new int[size], new int[size], new int[size], 1);
        for (int i = 0; i < size; i++) {
            taps.first[i] = i;
            taps.count[i] = 1;
            taps.weights[i] = ONE;
        }
        return taps;
    }

    private static int fixed(double weight) {
        return (int) (weight * ONE + (weight < 0 ? -0.5 : 0.5));
    }

    int size() {
        return first.length;
    }

    /** The input sample just behind the run of output sample {@code i}. */
    int end(int i) {
        return first[i] + count[i];
    }

    /** How many input samples the longest run takes. */
    int longest() {
        int longest = 0;
        for (int n : count) longest = Math.max(longest, n);
        return longest;
    }
}
