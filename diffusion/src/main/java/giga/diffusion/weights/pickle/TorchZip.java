package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** What torch has saved since version 1.6: a zip archive of FOLDER/data.pkl and one entry for each storage. */
final class TorchZip {
    private static final String PICKLE = "data.pkl";
    private static final long LARGEST_PICKLE = 128 << 20;
    private static final long LONGEST_ORDER = 64;

    private TorchZip() {}

    static Container read(MemorySegment file, SegmentAllocator memory) {
        ZipDirectory zip = new ZipDirectory(file);
        String folder = folder(zip);
        refuseBigEndian(zip, folder, memory);
        MemorySegment pickle = zip.bytes(folder + PICKLE, LARGEST_PICKLE, memory);
        Object root = new Unpickler(new PickleInput(pickle, 0), new TorchCalls(), Storage::of).read();
        return new Container(root, storage -> zip.bytes(folder + "data/" + storage.key(), storage.bytes(), memory));
    }

    private static String folder(ZipDirectory zip) {
        for (String name : zip.names())
            if (name.equals(PICKLE) || name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                return name.substring(0, name.length() - PICKLE.length());
        throw new ModelException(
                "it is a zip archive, but none that PyTorch saved; unpack it and give the model inside");
    }

    private static void refuseBigEndian(ZipDirectory zip, String folder, SegmentAllocator memory) {
        String name = folder + "byteorder";
        if (!zip.has(name)) return;
        MemorySegment order = zip.bytes(name, LONGEST_ORDER, memory);
        String text = new String(
                order.asSlice(0, Math.min(16, order.byteSize())).toArray(ValueLayout.JAVA_BYTE),
                StandardCharsets.US_ASCII);
        if (!text.strip().equals("little"))
            throw new ModelException("it was saved on a big-endian machine; save it anew as safetensors");
    }
}
