package giga.diffusion.weights;

import java.lang.foreign.MemorySegment;

/** A matrix with rows and columns exchanged, its numbers as they are. */
final class Transposed {
    private Transposed() {}

    /** @param to as many bytes as the matrix has */
    static void copy(TensorEntry matrix, MemorySegment to) {
        long rows = matrix.shape().get(0);
        long columns = matrix.shape().get(1);
        if (rows == 0 || columns == 0) {
            return;
        }
        long width = matrix.data().byteSize() / (rows * columns);
        for (long row = 0; row < rows; row++) {
            for (long column = 0; column < columns; column++) {
                long from = (row * columns + column) * width;
                MemorySegment.copy(matrix.data(), from, to, (column * rows + row) * width, width);
            }
        }
    }
}
