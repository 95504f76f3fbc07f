package giga.diffusion.upscale;

import giga.diffusion.ModelException;
import giga.diffusion.network.CompactUpscaler;
import giga.diffusion.network.RrdbUpscaler;
import giga.diffusion.network.UpscalerNetwork;
import giga.diffusion.tensor.Weights;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.TensorEntry;
import java.util.Locale;
import java.util.Map;

/** What an upscaler is, read from its tensors' names and shapes. */
sealed interface Shape {
    int CHANNELS = 3;

    /** Pixels of the result a side for each of the input. */
    int scale();

    /** How many pixels of input around a pixel can have a say in it. */
    int reach();

    /** How many pixels of input around a pixel have a say in it that 8 bits show. */
    int halo();

    /** Sides of the input become multiples of this. */
    int multiple();

    /** Channels of the trunk. */
    int features();

    UpscalerNetwork network(Weights weights);

    /**
     * @param tensors by the names of BasicSR
     * @throws ModelException without the file's name where they are no upscaler of a known kind
     */
    static Shape of(Map<String, TensorEntry> tensors) {
        if (tensors.containsKey("body.0.weight") && tensors.containsKey("body.1.weight")) return Compact.of(tensors);
        if (tensors.containsKey("conv_first.weight") && tensors.containsKey("body.0.rdb1.conv1.weight"))
            return Rrdb.of(tensors);
        throw new ModelException(
                "it is no upscaler of a known kind (its first tensor is %s); give an ESRGAN, Real-ESRGAN or compact (SRVGG) model"
                        .formatted(tensors.keySet().stream()
                                .findFirst()
                                .map(Names::show)
                                .orElse("missing")));
    }

    /** @param convolutions all of them */
    record Compact(int features, int convolutions, int scale) implements Shape {
        private static Compact of(Map<String, TensorEntry> tensors) {
            int last = 0;
            while (tensors.containsKey("body." + (last + 2) + ".weight")) last += 2;
            Checked checked = new Checked(tensors);
            int features = checked.side("body.0.weight", 0);
            int out = checked.side("body." + last + ".weight", 0);
            int scale = (int) Math.round(Math.sqrt(out / (double) CHANNELS));
            if (scale < 1 || scale > 8 || CHANNELS * scale * scale != out || last < 2)
                throw new ModelException(
                        "its last convolution has %d channels, which are no pixels of 3 colours; get the file anew"
                                .formatted(out));
            Compact compact = new Compact(features, last / 2 + 1, scale);
            for (int i = 0; i < compact.convolutions; i++) {
                int in = i == 0 ? CHANNELS : features;
                checked.convolution("body." + 2 * i, 2 * i == last ? out : features, in, 3);
                if (2 * i < last) checked.vector("body." + (2 * i + 1) + ".weight", features);
            }
            checked.end();
            return compact;
        }

        @Override
        public int reach() {
            return convolutions;
        }

        @Override
        public int halo() {
            return reach();
        }

        @Override
        public int multiple() {
            return 1;
        }

        @Override
        public UpscalerNetwork network(Weights weights) {
            return new CompactUpscaler(weights, convolutions, scale);
        }

        @Override
        public String toString() {
            return "compact (SRVGG) x%d, %d convolutions of %d channels".formatted(scale, convolutions, features);
        }
    }

    /**
     * @param growth channels that each convolution of a dense block adds
     * @param unshuffle side of the groups of pixels that the trunk sees as one
     */
    record Rrdb(int features, int growth, int blocks, int doublings, int unshuffle) implements Shape {
        private static Rrdb of(Map<String, TensorEntry> tensors) {
            Checked checked = new Checked(tensors);
            int blocks = 0;
            while (tensors.containsKey("body." + blocks + ".rdb1.conv1.weight")) blocks++;
            int doublings = 0;
            while (tensors.containsKey("conv_up" + (doublings + 1) + ".weight")) doublings++;
            int in = checked.side("conv_first.weight", 1);
            int unshuffle = switch (in) {
                case CHANNELS -> 1;
                case CHANNELS * 4 -> 2;
                case CHANNELS * 16 -> 4;
                default ->
                    throw new ModelException(
                            "it sees %d channels; only upscalers of pictures in 3 colours can be used".formatted(in));
            };
            if (doublings > 5 || 1 << doublings < unshuffle)
                throw new ModelException("it doubles %d times what it sees in groups of %d; get the file anew"
                        .formatted(doublings, unshuffle));
            Rrdb rrdb = new Rrdb(
                    checked.side("conv_first.weight", 0),
                    checked.side("body.0.rdb1.conv1.weight", 0),
                    blocks,
                    doublings,
                    unshuffle);
            rrdb.check(checked, in);
            return rrdb;
        }

        private void check(Checked checked, int in) {
            checked.convolution("conv_first", features, in, 3);
            for (int block = 0; block < blocks; block++)
                for (int part = 1; part <= 3; part++) {
                    String name = "body." + block + ".rdb" + part + ".";
                    for (int i = 1; i <= 5; i++)
                        checked.convolution(
                                name + "conv" + i, i == 5 ? features : growth, features + (i - 1) * growth, 3);
                    checked.shortcut(name + "conv1x1", growth, features);
                }
            checked.convolution("conv_body", features, features, 3);
            for (int i = 1; i <= doublings; i++) checked.convolution("conv_up" + i, features, features, 3);
            checked.convolution("conv_hr", features, features, 3);
            checked.convolution("conv_last", CHANNELS, features, 3);
            checked.end();
        }

        @Override
        public int scale() {
            return (1 << doublings) / unshuffle;
        }

        /** Those behind the trunk see smaller pixels, together less than two of the input. */
        @Override
        public int reach() {
            return unshuffle * (2 + 15 * blocks + 3);
        }

        /**
         * Measured with Real-ESRGAN's weights (RrdbHaloTest): with 6 blocks 48 pixels leave no more than one grey level,
         * with 23 blocks 72.
         */
        @Override
        public int halo() {
            int shown = Math.ceilDiv(40 + 3 * blocks / 2, 8) * 8;
            return Math.min(reach(), unshuffle * shown);
        }

        @Override
        public int multiple() {
            return unshuffle;
        }

        @Override
        public UpscalerNetwork network(Weights weights) {
            return new RrdbUpscaler(weights, blocks, doublings, unshuffle);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "RRDB (ESRGAN) x%d, %d blocks of %d channels", scale(), blocks, features);
        }
    }
}
