package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What torch saved before version 1.6: five pickles (a magic number, the protocol, the machine, the object, the storages'
 * keys), then each storage's element count and bytes.
 */
final class LegacyStream {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Number PROTOCOL = 1001L;

    private LegacyStream() {}

    static Container read(MemorySegment file) {
        Map<String, Storage> known = new HashMap<>();
        TorchCalls calls = new TorchCalls();
        PickleInput in = new PickleInput(file, 0);
        if (!MAGIC.equals(next(in, calls)) || !PROTOCOL.equals(next(in, calls)))
            throw new ModelException("it is a pickle, but none that PyTorch saved");
        if (next(in, calls) instanceof Map<?, ?> machine && Boolean.FALSE.equals(machine.get("little_endian")))
            throw new ModelException("it was saved on a big-endian machine; save it anew as safetensors");
        Object root = new Unpickler(in, calls, id -> {
                    Storage storage = Storage.of(id);
                    known.putIfAbsent(storage.key(), storage);
                    return storage;
                })
                .read();
        if (!(next(in, calls) instanceof List<?> keys)) throw new ModelException("its list of storages is damaged");
        Map<String, MemorySegment> bytes = new HashMap<>();
        for (Object key : keys) {
            Storage storage = key instanceof String name ? known.get(name) : null;
            if (storage == null) throw new ModelException("it holds a storage that no tensor uses; it is damaged");
            long count = in.signedLong();
            if (count < 0 || count > file.byteSize()) throw new ModelException("it holds a storage of impossible size");
            bytes.put(storage.key(), in.slice(count * storage.unit()));
        }
        return new Container(root, storage -> {
            MemorySegment found = bytes.get(storage.key());
            if (found == null) throw new ModelException("it is incomplete: a storage is missing; download it again");
            return found;
        });
    }

    private static Object next(PickleInput in, TorchCalls calls) {
        return new Unpickler(in, calls, id -> {
                    throw new ModelException("its pickles are out of order");
                })
                .read();
    }
}
