package giga.diffusion.tensor;

import giga.diffusion.ModelException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Where the networks compute. */
public sealed interface Device {
    Device CPU = new Cpu();

    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /** @param index of the card, from 0 */
    record Cuda(int index) implements Device {
        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /**
     * By name: {@code auto} (a card where this build and this machine have one, else the processor), {@code cpu},
     * {@code cuda}, {@code cuda:1}, …
     *
     * @throws ModelException when it is unknown or not there, with what to do
     */
    static Device of(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("cpu")) return CPU;
        if (lower.equals("auto")) return buildHasCuda() && cards() > 0 ? new Cuda(0) : CPU;
        Matcher cuda = Pattern.compile("cuda(?::(\\d{1,2}))?").matcher(lower);
        if (!cuda.matches()) throw new ModelException("unknown device '" + name + "'; give auto, cpu, cuda or cuda:1");
        Cuda card = new Cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        requireCard(card);
        return card;
    }

    private static void requireCard(Cuda card) {
        if (!buildHasCuda())
            throw new ModelException(("device %s: this build of giga computes on the processor only;"
                            + " build it for Nvidia cards with GIGA_CUDA=1 ./giga --version, or give --device cpu")
                    .formatted(card));
        long cards = cards();
        if (cards == 0)
            throw new ModelException(
                    ("device %s: no Nvidia card can be used on this machine; check with nvidia-smi that"
                                    + " its driver works, or give --device cpu")
                            .formatted(card));
        if (card.index() >= cards)
            throw new ModelException("device %s: this machine has %d Nvidia card%s; give cuda:0 to cuda:%d"
                    .formatted(card, cards, cards == 1 ? "" : "s", cards - 1));
    }

    /** Asked without loading anything: the answer is no for almost everybody. */
    static boolean buildHasCuda() {
        String folder = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";
        return Device.class.getResource(folder + "libc10_cuda.so") != null
                || Device.class.getResource(folder + "c10_cuda.dll") != null;
    }

    private static long cards() {
        Engine.start();
        return torch.hasCUDA() ? torch.getNumGPUs() : 0;
    }

    /** As libtorch names it. */
    static org.bytedeco.pytorch.Device raw(Device device) {
        return switch (device) {
            case Cpu() -> new org.bytedeco.pytorch.Device(DeviceType.CPU);
            case Cuda(int index) -> new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index);
        };
    }
}
