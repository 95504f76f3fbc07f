package giga.canvas.input;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An array of bytes in chunks, as Zarr's version 2 or 3 describes it.
 *
 * @param order the array's axes as the samples of a chunk count them, slowest first
 * @param keyPrefix what the names of chunks begin with
 * @param separator between the numbers in their names
 * @param shards where one file holds many chunks
 * @param fill the samples of chunks that are not there
 */
record ZarrArray(
        long[] shape,
        int[] chunk,
        int[] order,
        String keyPrefix,
        String separator,
        Optional<ZarrShards> shards,
        ZarrCodecs codecs,
        byte fill,
        List<String> axisNames) {
    private static final String ADVICE = "Write it in chunks of about 512 x 512 pixels.";

    ZarrArray {
        if (chunk.length != shape.length || order.length != shape.length)
            throw new IllegalArgumentException("its chunks have other axes than the array");
        if (!Arrays.equals(
                IntStream.of(order).sorted().toArray(),
                IntStream.range(0, shape.length).toArray()))
            throw new IllegalArgumentException("its transposition names no order of the axes");
    }

    /** Bytes of a decoded chunk. @throws UnreadableException when one takes too much memory */
    int chunkBytes() throws UnreadableException {
        long bytes = 1;
        for (int side : chunk) {
            if (side < 1) throw new UnreadableException("its chunks have a side of " + side, ADVICE);
            bytes = Math.multiplyHigh(bytes, side) == 0 ? bytes * side : Long.MAX_VALUE;
            if (bytes < 0 || bytes > Limits.MAX_TILE_BYTES)
                throw new UnreadableException(
                        "one of its chunks takes more than " + (Limits.MAX_TILE_BYTES >> 20) + " MiB of memory",
                        ADVICE);
        }
        return (int) bytes;
    }

    /** How far apart neighbours along each axis lie in a decoded chunk. */
    int[] strides() {
        int[] strides = new int[chunk.length];
        int stride = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            strides[order[i]] = stride;
            stride *= chunk[order[i]];
        }
        return strides;
    }

    /** The name of a chunk's file below the array's folder. */
    String key(int[] index) {
        return keyPrefix + IntStream.of(index).mapToObj(Integer::toString).collect(Collectors.joining(separator));
    }
}
