package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.Names;
import giga.diffusion.weights.pickle.Values.Global;
import giga.diffusion.weights.pickle.Values.None;
import giga.diffusion.weights.pickle.Values.Placeholder;
import giga.diffusion.weights.pickle.Values.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that a pickle may call: what torch uses to save tensors, computed here, and a few makers of values of no account. */
final class TorchCalls {
    private static final Set<String> OF_NO_ACCOUNT = Set.of(
            "_codecs.encode",
            "argparse.Namespace",
            "builtins.bytearray",
            "builtins.complex",
            "builtins.frozenset",
            "builtins.range",
            "builtins.set",
            "builtins.slice",
            "__builtin__.frozenset",
            "__builtin__.set",
            "collections.Counter",
            "collections.defaultdict",
            "copy_reg._reconstructor",
            "copyreg._reconstructor",
            "datetime.date",
            "datetime.datetime",
            "datetime.timedelta",
            "numpy._core.multiarray._reconstruct",
            "numpy._core.multiarray.scalar",
            "numpy.core.multiarray._reconstruct",
            "numpy.core.multiarray.scalar",
            "numpy.dtype",
            "pathlib.PosixPath",
            "pathlib.WindowsPath",
            "torch.device");

    /** @throws ModelException for anything else than what torch needs to save tensors */
    Object call(Object callee, Tuple arguments) {
        if (!(callee instanceof Global function)) throw refused(new Global("", "something it made itself"));
        return switch (function.toString()) {
            case "collections.OrderedDict" -> ordered(arguments.get(0));
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(arguments, None.NONE);
            case "torch._utils._rebuild_tensor_v3" -> tensor(arguments, arguments.get(6));
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> arguments.get(0);
            case "torch.Size" -> arguments.get(0);
            default -> {
                if (OF_NO_ACCOUNT.contains(function.toString())) yield new Placeholder(function);
                throw refused(function);
            }
        };
    }

    static ModelException refused(Global function) {
        return new ModelException(
                "it wants to run %s when it is read, as malicious files do; nothing was run. Use the .safetensors edition of this model"
                        .formatted(Names.show(function.toString())));
    }

    private static StoredTensor tensor(Tuple arguments, Object dtype) {
        return StoredTensor.of(arguments.get(0), arguments.get(1), arguments.get(2), arguments.get(3), dtype);
    }

    private static Map<Object, Object> ordered(Object pairs) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (!(pairs instanceof List<?> list)) return map;
        for (Object pair : list) {
            List<?> both =
                    pair instanceof Tuple(List<Object> items) ? items : pair instanceof List<?> l ? l : List.of();
            if (both.size() == 2 && both.getFirst() instanceof String key) map.put(key, both.getLast());
        }
        return map;
    }
}
