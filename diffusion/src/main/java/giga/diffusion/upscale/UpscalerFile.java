package giga.diffusion.upscale;

import giga.diffusion.ModelException;
import giga.diffusion.weights.TensorEntry;
import giga.diffusion.weights.TensorFile;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;

/**
 * An upscaler's weights as they lie in a file, mapped until it is closed.
 *
 * @param tensors by the names of BasicSR
 * @param halves whether the network's result is to be reduced to half its size
 */
record UpscalerFile(Path path, Map<String, TensorEntry> tensors, Shape shape, boolean halves, Runnable closing)
        implements AutoCloseable {

    /** @throws ModelException where the file cannot be read, is damaged or no upscaler of a known kind */
    static UpscalerFile open(Path path) {
        return NcnnFile.isNcnn(path) ? ofNcnn(path) : ofTensors(path);
    }

    private static UpscalerFile ofNcnn(Path path) {
        Arena arena = Arena.ofShared();
        return checked(path, arena::close, () -> {
            NcnnFile file = NcnnFile.open(path, arena);
            return new UpscalerFile(path, file.tensors(), Shape.of(file.tensors()), file.halves(), arena::close);
        });
    }

    private static UpscalerFile ofTensors(Path path) {
        TensorFile file = TensorFile.open(path);
        return checked(path, file::close, () -> {
            Map<String, TensorEntry> tensors = LayerNames.basic(file.tensors());
            return new UpscalerFile(path, tensors, Shape.of(tensors), false, file::close);
        });
    }

    private interface Reading {
        UpscalerFile read();
    }

    private static UpscalerFile checked(Path path, Runnable closing, Reading reading) {
        try {
            return reading.read();
        } catch (ModelException e) {
            closing.run();
            throw new ModelException("%s: %s.".formatted(path, e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            closing.run();
            throw e;
        }
    }

    int scale() {
        return halves ? shape.scale() / 2 : shape.scale();
    }

    @Override
    public void close() {
        closing.run();
    }

    @Override
    public String toString() {
        return halves ? shape + ", then half the size" : shape.toString();
    }
}
