package giga.canvas.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Files that hold many chunks each, with a list of where they lie: Zarr's codec sharding_indexed.
 *
 * @param counts of chunks in a file, along each axis
 * @param listFirst whether the list stands before the chunks instead of behind them
 * @param checksum whether the list ends with its CRC-32C
 */
record ZarrShards(int[] counts, boolean listFirst, boolean checksum) {
    private static final int MAX_CHUNKS = 1 << 20;
    private static final int ENTRY_BYTES = 16;
    private static final int CHECKSUM_BYTES = 4;
    private static final long NOTHING = -1;

    static ZarrShards of(int[] shard, int[] chunk, boolean listFirst, boolean checksum) {
        if (shard.length != chunk.length)
            throw new IllegalArgumentException("its shards have other axes than its chunks");
        int[] counts = new int[shard.length];
        long all = 1;
        for (int i = 0; i < counts.length; i++) {
            if (chunk[i] < 1 || shard[i] < chunk[i] || shard[i] % chunk[i] != 0)
                throw new IllegalArgumentException("its shards are no whole number of chunks");
            counts[i] = shard[i] / chunk[i];
            all = Math.min(all * counts[i], MAX_CHUNKS + 1);
        }
        if (all > MAX_CHUNKS) throw new IllegalArgumentException("its shards hold more than " + MAX_CHUNKS + " chunks");
        return new ZarrShards(counts, listFirst, checksum);
    }

    /** The shard that holds a chunk. */
    int[] shard(int[] chunk) {
        int[] shard = new int[chunk.length];
        Arrays.setAll(shard, i -> chunk[i] / counts[i]);
        return shard;
    }

    /** The stored bytes of a chunk; empty where the shard has none of it. */
    Optional<byte[]> read(Path file, int[] chunk, long most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileBytes bytes = FileBytes.of(channel);
            ByteBuffer list = list(bytes);
            int entry = ENTRY_BYTES * position(chunk);
            long offset = list.getLong(entry);
            long length = list.getLong(entry + Long.BYTES);
            if (offset == NOTHING && length == NOTHING) return Optional.empty();
            if (length < 0 || length > most) throw new IOException("it states a chunk of " + length + " bytes");
            byte[] stored = new byte[(int) length];
            bytes.read(offset, stored.length).get(stored);
            return Optional.of(stored);
        }
    }

    private int position(int[] chunk) {
        int position = 0;
        for (int i = 0; i < counts.length; i++) position = position * counts[i] + chunk[i] % counts[i];
        return position;
    }

    private ByteBuffer list(FileBytes file) throws IOException {
        int length = Arrays.stream(counts).reduce(ENTRY_BYTES, (a, b) -> a * b) + (checksum ? CHECKSUM_BYTES : 0);
        long start = listFirst ? 0 : file.size() - length;
        byte[] list = new byte[length];
        file.read(start, length).get(list);
        return ByteBuffer.wrap(checksum ? ZarrCodecs.checked(list) : list).order(ByteOrder.LITTLE_ENDIAN);
    }
}
